package dev.starling.cli.models;

import dev.starling.cli.ScenarioSource;
import dev.starling.device.DeviceMemory;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.backup.DeviceState;
import dev.starling.store.backup.KeyedRandomness;
import dev.starling.store.sql.VersionField;
import dev.starling.store.sql.VersionQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a device of a finished run held beside its model when it had made a version. */
final class StateOfDevice {

    private StateOfDevice() {}

    /**
     * The featurizer that came with the base, the momentum that is kept between sessions if the scenario says so, and the keys
     * of the next session's randomness. Takes the run's scenario and data.
     *
     * @throws dev.starling.base.InputException if these cannot be read
     */
    static DeviceState of(OpenStore open, ScenarioSource scenarios, String place, VersionRecord version) {
        try (RunData.Devices devices = RunData.devices(open, scenarios, place)) {
            if (version.key().isBase()) {
                return new DeviceState(Optional.of(devices.featurizer()), Optional.empty(), Optional.empty());
            }
            Scenario scenario = devices.host().scenario();
            int device = version.key().owner();
            Optional<Snapshot> velocity = Optional.empty();
            if (scenario.personal().keepMomentum()) {
                List<Recipe> works = works(open, version);
                velocity = DeviceMemory.velocity(devices.host(), device, works, bases(open, works), version.root());
            }
            return new DeviceState(
                    Optional.of(devices.featurizer()),
                    velocity,
                    Optional.of(new KeyedRandomness(
                            scenario.seed(),
                            List.of((long) device, version.key().sequence() + 1L))));
        }
    }

    /** Of the versions that the device made until {@code version}, oldest first. */
    private static List<Recipe> works(OpenStore open, VersionRecord version) {
        int device = version.key().owner();
        VersionQuery all = VersionQuery.all()
                .between(VersionField.DEVICE, device, device)
                .atMost(VersionField.SEQUENCE, version.key().sequence());
        return open.store().list(open.run(), all).stream()
                .sorted(Comparator.comparing(VersionRecord::key))
                .flatMap(made -> made.recipe().stream())
                .toList();
    }

    private static Map<Integer, Snapshot> bases(OpenStore open, List<Recipe> works) {
        Map<Integer, Snapshot> bases = new HashMap<>();
        for (Recipe work : works) {
            Optional<VersionRecord> base = open.store().find(open.run(), VersionKey.base(work.base()));
            if (base.isPresent() && !bases.containsKey(work.base())) {
                bases.put(work.base(), open.recover(base.get()));
            }
        }
        return bases;
    }
}
