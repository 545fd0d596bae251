package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.cluster.Node;
import dev.starling.cluster.NodeSettings;
import dev.starling.coordinator.NodeRoster;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.device.BaseModel;
import dev.starling.device.DeviceHost;
import dev.starling.device.Lineage;
import dev.starling.device.RunSpec;
import dev.starling.device.Work;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Backend;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.store.ModelRoot;
import dev.starling.store.Recipe;
import dev.starling.store.Replayer;
import dev.starling.store.StoreException;
import dev.starling.store.VersionRecord;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Has recipes executed where the data is: starts a node on which the devices of a finished run live again, and asks the
 * device for its model. No example leaves its device.
 */
final class FleetReplayer implements Replayer, AutoCloseable {

    private static final String RUN = "replay";

    private final Node node;
    private final DeviceHost host;
    private int references;

    /** Loads the data of {@code scenario}, as the run did, and starts a node on a free port of the loopback interface. */
    FleetReplayer(Scenario scenario) {
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        RunSpec spec = new RunSpec(RUN, Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        Backend.start();
        this.host = new DeviceHost(spec, scenario, raw, 1, new NodeFigures(System::nanoTime));
        this.node = Node.start(new NodeSettings(
                "127.0.0.1", OptionalInt.of(0), List.of(), List.of(NodeRoster.DEVICES_ROLE), 1, List.of()));
        node.joined().join();
        node.serve(RUN, host);
    }

    /** The device takes {@code reference} for the base that its work starts from, whether it is one or its own model. */
    @Override
    public synchronized Snapshot replay(VersionRecord version, Snapshot reference) {
        Recipe recipe = version.recipe()
                .orElseThrow(() -> new StoreException("version " + version.key() + " has no recipe to execute"));
        BaseModel start = new BaseModel(references++, ModelRoot.of(reference), reference);
        host.bases().add(start);
        Work work = new Work(
                recipe.round(),
                start.version(),
                recipe.steps(),
                recipe.now(),
                Work.Task.valueOf(recipe.task().toUpperCase(Locale.ROOT)));
        return node.recover(RUN, version.key().owner(), Lineage.of(work), reference.layout())
                .toCompletableFuture()
                .join()
                .orElseThrow(() -> new StoreException("device " + version.key().owner() + " made no model"));
    }

    @Override
    public void close() {
        node.close();
        host.close();
    }
}
