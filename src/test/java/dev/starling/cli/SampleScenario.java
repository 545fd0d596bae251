package dev.starling.cli;

import dev.starling.algorithm.AlgorithmSettings;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.base.SimTime;
import dev.starling.data.DataSettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.FleetSettings;
import dev.starling.fleet.RoundSettings;
import dev.starling.model.Activation;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.LocalSettings;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import dev.starling.model.TrainedLayers;
import dev.starling.scenario.KeepingSettings;
import dev.starling.scenario.PersonalSettings;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A scenario that the command line only carries around. */
final class SampleScenario {

    private SampleScenario() {}

    static Scenario named(String name, long seed) {
        return new Scenario(
                name,
                seed,
                new DataSettings(
                        new DataSettings.Glyphs(100, 100, 0.1),
                        new DataSettings.Iid(),
                        new DataSettings.Features(1, false, DataSettings.Categories.INDEX),
                        0,
                        0),
                new ModelSettings(
                        List.of(new LayerSpec.Dense(10, Activation.LINEAR)), Loss.CROSS_ENTROPY, Initializer.ZERO),
                Optional.empty(),
                new LocalSettings(1, 10, 0.1, 0, 0, 0, true),
                new AlgorithmSettings(
                        AlgorithmSettings.Kind.FEDAVG, 0, new ServerSettings(AlgorithmSettings.Server.SGD, 1, 0, 0, 1)),
                new FleetSettings(10, new SimTime(0), List.of(new DeviceClass("phone", 1, 1e9, 1e6, 1e6, 0, 0))),
                new RoundSettings(5, 1, Double.POSITIVE_INFINITY, 1, 0, Optional.empty(), Optional.empty()),
                new PhaseSettings(
                        3,
                        PhaseSettings.Metric.ACCURACY,
                        OptionalDouble.empty(),
                        false,
                        1,
                        true,
                        new PhaseSettings.PreTraining(0, 10, 0.1, Optional.empty())),
                new PersonalSettings(
                        0,
                        1,
                        0,
                        TrainedLayers.ALL,
                        new LocalSettings(1, 10, 0.1, 0, 0, 0, true),
                        false,
                        Optional.empty()),
                KeepingSettings.OFF,
                "seed = " + seed + "\n");
    }
}
