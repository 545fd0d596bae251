package dev.starling.cli;

import dev.starling.data.NpzWriter;
import dev.starling.scenario.ScenarioCheck;

/** The real parts behind the commands. */
final class Parts {

    private Parts() {}

    static Wiring wiring() {
        return new Wiring(ScenarioCheck::read, new ClusterSimulator(), NpzWriter::write);
    }
}
