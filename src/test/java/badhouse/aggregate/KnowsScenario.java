package badhouse.aggregate;

import badhouse.scenario.Settings;

/** Imports the one room below that it must not know. */
record KnowsScenario(Settings settings) {}
