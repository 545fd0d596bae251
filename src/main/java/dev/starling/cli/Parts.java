package dev.starling.cli;

import dev.starling.data.NpzWriter;
import dev.starling.scenario.ScenarioCheck;
import dev.starling.store.Replayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The real parts behind the commands. */
final class Parts {

    private Parts() {}

    static Wiring wiring() {
        return new Wiring(ScenarioCheck::read, new ClusterSimulator(), NpzWriter::write, Parts::replayer);
    }

    /** The devices of a finished run, on a node of this process; closed with the store that they are asked for. */
    private static Optional<Replayer> replayer(Path results) {
        return Optional.of(new FleetReplayer(
                ScenarioCheck.read(results.resolve("scenario.conf"), List.of(), OptionalLong.empty())));
    }
}
