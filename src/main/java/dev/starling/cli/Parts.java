package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.data.DataLoader;
import dev.starling.data.NpzWriter;
import dev.starling.data.RawData;
import dev.starling.device.CentralReplay;
import dev.starling.device.RunSpec;
import dev.starling.model.Backend;
import dev.starling.scenario.Scenario;
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
        return new Wiring(new CheckedScenarios(), new ClusterSimulator(), NpzWriter::write, Parts::replayer);
    }

    /**
     * The devices of a finished run, on a node of this process, since raw data stays home; only where they consent, training
     * without them. Closed with the store that it is asked for.
     */
    private static Optional<Replayer> replayer(Path results) {
        Scenario scenario = ScenarioCheck.read(results.resolve("scenario.conf"), List.of(), OptionalLong.empty());
        return Optional.of(scenario.data().consent() ? central(scenario) : new FleetReplayer(scenario));
    }

    private static Replayer central(Scenario scenario) {
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        RunSpec spec =
                new RunSpec("central replay", Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        Backend.start();
        return new CentralReplay(spec, scenario, raw, System::nanoTime);
    }
}
