package badhouse.model;

import badhouse.fleet.KnowsActors;

/** Imports a room above, and closes a cycle. */
public record KnowsFleet(KnowsActors above) {}
