package dev.starling.cli;

import dev.starling.base.Causes;
import dev.starling.base.InputException;
import dev.starling.cluster.Node;
import dev.starling.cluster.NodeSettings;
import dev.starling.coordinator.NodeRoster;
import dev.starling.coordinator.Rehearsal;
import dev.starling.coordinator.SavePace;
import dev.starling.data.RawData;
import dev.starling.metrics.JmxBean;
import dev.starling.metrics.NodeBean;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.model.Backend;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Runs scenarios on a Pekko cluster: of this process alone, of JVMs that it starts, or of nodes that have joined. */
final class ClusterSimulator implements Simulator {

    private final double savingShare;

    ClusterSimulator() {
        this(SavePace.USUAL_SHARE);
    }

    /** @param savingShare of its time that a run may take to save its state; with infinity it does so every round */
    ClusterSimulator(double savingShare) {
        this.savingShare = savingShare;
    }

    @Override
    public RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners) {
        RunListener all = new Listeners(listeners);
        if (request.rehearse()) {
            return Rehearsal.run(request.scenario(), control, all, System::nanoTime);
        }
        Scenario scenario = request.scenario();
        // Kernels, actors and data come up at the same time: none needs another.
        CompletableFuture<Void> kernels = CompletableFuture.runAsync(Backend::start);
        CompletableFuture<RawData> data = CompletableFuture.supplyAsync(() -> ScenarioData.load(scenario));
        try (Node node = Node.start(
                        request.node().withRole(NodeRoster.DEVICES_ROLE).withRole(Node.COORDINATOR_ROLE));
                NodeProcesses others = others(request, node)) {
            joined(node, request.node().seedNodes());
            join(kernels);
            RunOutcome outcome = coordinate(request, node, join(data), others, control, all);
            if (request.cluster()) {
                node.leave();
            }
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void joined(Node node, List<String> seedNodes) {
        CompletableFuture<Void> joined = node.joined();
        join(CompletableFuture.anyOf(joined, node.terminated().toCompletableFuture()));
        if (!joined.isDone()) {
            throw new InputException(
                    "--seed-node",
                    "no cluster could be joined: no node answered in time at " + String.join(", ", seedNodes)
                            + " (nodes with TLS answer only those whose certificates are of the same authority)");
        }
    }

    private static NodeProcesses others(RunRequest request, Node node) throws IOException {
        List<String> tls = request.node()
                .tls()
                .map(files -> List.of("--tls", files.directory().toString()))
                .orElse(List.of());
        return NodeProcesses.start(
                request.nodes() - 1, node.address(), request.node().threads(), request.directory(), tls);
    }

    @SuppressWarnings("try") // The bean is there while the run is; nothing here asks it anything.
    private RunOutcome coordinate(
            RunRequest request,
            Node node,
            RawData data,
            NodeProcesses others,
            RunControl control,
            RunListener listener) {
        StartWatch start = new StartWatch(listener);
        SavePace pace = new SavePace(savingShare, System::nanoTime);
        try (Coordination run = Coordination.of(request, node, data, pace, control, start);
                JmxBean nodeBean = JmxBean.register("Node", new NodeBean(node.figures(), Backend::offHeapBytes))) {
            CompletableFuture<RunOutcome> outcome = run.context().outcome();
            others.watch((name, problem) -> {
                if (start.started()) {
                    LoggerFactory.getLogger(ClusterSimulator.class).warn("{}", problem.getMessage());
                    node.down(name); // It only costs time, and the cluster need not find it out by itself.
                } else {
                    outcome.completeExceptionally(problem);
                }
            });
            // Its actors end before the node has: then the coordinator has said so without a reason.
            node.terminated().thenRun(() -> outcome.completeExceptionally(new IllegalStateException("the node ended")));
            node.coordinate(run.context());
            return run.ended(join(outcome));
        } catch (IllegalStateException e) {
            throw node.endsTakenOut()
                    ? new TakenOutException("this node was cut off from its cluster and has taken itself out; one that "
                            + "stands by may have gone on with the run")
                    : e;
        }
    }

    @Override
    @SuppressWarnings("try") // As above.
    public void serve(NodeSettings settings, Optional<StandIn> standIn, Consumer<String> status) {
        CompletableFuture<Void> kernels = CompletableFuture.runAsync(Backend::start);
        try (Node node = Node.start(settings);
                JmxBean nodeBean = JmxBean.register("Node", new NodeBean(node.figures(), Backend::offHeapBytes))) {
            status.accept("listening on " + node.address());
            if (!settings.seedNodes().isEmpty()) {
                status.accept("joining " + String.join(", ", settings.seedNodes()));
            }
            settings.bootstrap().ifPresent(name -> status.accept("looking for nodes by the name " + name));
            Runtime.getRuntime().addShutdownHook(new Thread(node::leave, "starling-leave"));
            join(kernels);
            joined(node, settings.seedNodes());
            standIn.ifPresent(runs -> node.standBy(new Successor(node, runs, savingShare, status)));
            status.accept("joined the cluster; waiting for runs (Ctrl-C leaves)");
            node.terminated().toCompletableFuture().join();
            if (node.endsTakenOut()) {
                throw new TakenOutException(
                        "this node was cut off from its cluster and has taken itself out; the others go on without it. "
                                + "Start it again to join them");
            }
            status.accept("left the cluster");
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Causes.of(e) instanceof RuntimeException cause ? cause : e;
        }
    }
}
