package dev.starling.cli;

import dev.starling.data.NpzWriter;
import dev.starling.scenario.ScenarioReader;

/** The real parts behind the commands. */
final class Parts {

    private Parts() {}

    static Wiring wiring() {
        return new Wiring(ScenarioReader::read, new ClusterSimulator(), NpzWriter::write);
    }
}
