package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.cli.ScenarioSource;
import dev.starling.data.DataLoader;
import dev.starling.data.Featurizer;
import dev.starling.data.RawData;
import dev.starling.device.DeviceHost;
import dev.starling.device.RunSpec;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Backend;
import dev.starling.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The devices of a run as they were, with their data: brought up again from the run's scenario, without any actor. */
final class RunData {

    private RunData() {}

    /**
     * The devices, and the featurizer that was shipped to them with the base.
     */
    record Devices(DeviceHost host, Featurizer featurizer) implements AutoCloseable {
        @Override
        public void close() {
            host.close();
        }
    }

    /** @throws InputException if the scenario or its data cannot be read */
    static DeviceHost host(OpenStore open, ScenarioSource scenarios, String place) {
        return devices(open, scenarios, place).host();
    }

    /** @throws InputException if the scenario or its data cannot be read */
    static Devices devices(OpenStore open, ScenarioSource scenarios, String place) {
        Path results = open.results()
                .orElseThrow(() -> new InputException(
                        place,
                        "needs the run's scenario.conf and data; give the run's directory, or name it with --results"));
        Scenario scenario = scenarios.read(results.resolve(StoreAddress.SCENARIO), List.of(), OptionalLong.empty());
        Backend.start();
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        RunSpec spec = new RunSpec(open.run(), Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        return new Devices(
                new DeviceHost(spec, scenario, raw, 1, new NodeFigures(System::nanoTime)), spec.featurizer());
    }
}
