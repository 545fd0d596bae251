package dev.starling.device;

import dev.starling.data.RawData;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.store.Recipe;
import dev.starling.store.Replayer;
import dev.starling.store.VersionRecord;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Executes recipes where models are kept, with the examples that devices have given away: no node, no device. Only for a
 * scenario whose devices consent to that; their examples' bytes are then billed as stored and uploaded.
 */
public final class CentralReplay implements Replayer, AutoCloseable {

    private final DeviceHost host;
    private final KeepersHost trainer;

    /**
     * Throws IllegalArgumentException unless {@code scenario} says {@code data.consent = true}.
     *
     * @param nanoTime wall time, only for figures
     */
    public CentralReplay(RunSpec spec, Scenario scenario, RawData raw, LongSupplier nanoTime) {
        if (!scenario.data().consent()) {
            throw new IllegalArgumentException("raw data stays home: central replay needs data.consent = true");
        }
        this.host = new DeviceHost(spec, scenario, raw, 1, new NodeFigures(nanoTime));
        this.trainer = new KeepersHost(
                (device, lineage, starts) -> host.make(device, lineage, starts, null),
                host.architecture(),
                scenario,
                host.views());
    }

    @Override
    public synchronized Snapshot replay(VersionRecord version, Snapshot reference) {
        return trainer.replay(version, reference);
    }

    @Override
    public OptionalLong dataBytes(VersionRecord version) {
        Recipe recipe = version.recipe().orElseThrow();
        int examples = host.views().trainingCount(version.key().owner(), recipe.now());
        return OptionalLong.of(examples * host.data().shape().exampleBytes());
    }

    @Override
    public String who() {
        return "centrally, with the examples that the device gave (data.consent = true)";
    }

    @Override
    public void close() {
        host.close();
    }
}
