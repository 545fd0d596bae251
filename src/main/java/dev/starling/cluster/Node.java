package dev.starling.cluster;

import dev.starling.coordinator.ClusterMembers;
import dev.starling.coordinator.Members;
import dev.starling.coordinator.NodeRoster;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.TakeOver;
import dev.starling.device.Device;
import dev.starling.device.DeviceHost;
import dev.starling.device.KeeperFactory;
import dev.starling.device.Lineage;
import dev.starling.device.NodeAgent;
import dev.starling.device.NodeHosts;
import dev.starling.device.ScenarioHosts;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.DevicePrediction;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.VersionCodec;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;

/** This process as a node: an actor system that has joined, or founded, a cluster. */
public final class Node implements AutoCloseable {

    /** Nodes with this role may run the coordinator. */
    public static final String COORDINATOR_ROLE = "coordinator";

    /** Environment variable with the password of the model store. */
    private static final String STORE_PASSWORD = "STARLING_STORE_PASSWORD";

    private static final String SYSTEM = "starling";
    private static final Duration INSPECTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final ActorSystem<Guardian.Command> system;
    private final NodeHosts hosts;
    private final NodeFigures figures;
    private final ActorRef<Device.Request> devices;
    private final int shards;

    private Node(
            ActorSystem<Guardian.Command> system,
            NodeHosts hosts,
            NodeFigures figures,
            ActorRef<Device.Request> devices) {
        this.system = system;
        this.hosts = hosts;
        this.figures = figures;
        this.devices = devices;
        this.shards = DeviceSharding.shards(system);
    }

    /**
     * Starts the actor system and joins; throws InputException if the port is in use or the host is not ours, and
     * LateStartException if the machine is too slow for it.
     */
    public static Node start(NodeSettings settings) {
        NodeHosts hosts = new NodeHosts();
        NodeFigures figures = new NodeFigures(System::nanoTime);
        ActorSystem<Guardian.Command> system = startSystem(settings, hosts, figures);
        try {
            figures.clusterIs(new ClusterWatch(system));
            join(system, settings);
            return new Node(system, hosts, figures, DeviceSharding.start(system, hosts, figures));
        } catch (Exception e) { // Scala code throws checked ones without saying so.
            system.terminate();
            throw StartFailure.of(settings, e);
        }
    }

    private static void join(ActorSystem<?> system, NodeSettings settings) {
        Cluster cluster = Cluster.get(system);
        if (settings.bootstrap().isPresent()) {
            PekkoManagement.get(Adapter.toClassic(system)).start();
            ClusterBootstrap.get(Adapter.toClassic(system)).start();
        } else if (settings.seedNodes().isEmpty()) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else {
            List<Address> seeds = settings.seedNodes().stream()
                    .map(seed -> AddressFromURIString.parse("pekko://" + SYSTEM + "@" + seed))
                    .toList();
            cluster.manager().tell(new JoinSeedNodes(seeds));
        }
    }

    private static ActorSystem<Guardian.Command> startSystem(
            NodeSettings settings, NodeHosts hosts, NodeFigures figures) {
        try {
            return ActorSystem.create(
                    Behaviors.setup(context -> Guardian.create(new NodeAgent.Node(
                            NodeRoster.nameOf(Cluster.get(context.getSystem()).selfMember()),
                            settings.threads(),
                            hosts,
                            new ScenarioHosts(settings.overrides(), keepers(context.getSystem())),
                            figures))),
                    SYSTEM,
                    BootstrapSetup.create(NodeConfig.of(settings)).withClassloader(OwnClasses.LOADER));
        } catch (Exception e) { // As above.
            throw StartFailure.of(settings, e);
        }
    }

    private static KeeperFactory keepers(ActorSystem<?> system) {
        String password = System.getenv().getOrDefault(STORE_PASSWORD, "");
        return new KeeperFactory(
                password, System::nanoTime, new WallPace(), system.dispatchers().lookup(DispatcherSelector.blocking()));
    }

    /** {@code HOST:PORT} by which others reach this node. */
    public String address() {
        Address address = Cluster.get(system).selfMember().address();
        return address.getHost().get() + ":" + address.getPort().get();
    }

    public NodeHosts hosts() {
        return hosts;
    }

    public NodeFigures figures() {
        return figures;
    }

    public ActorRef<Device.Request> devices() {
        return devices;
    }

    /** The shard in which a device lives. */
    public int shardOf(int device) {
        return DeviceSharding.shardOf(device, shards);
    }

    /** The threads that train. */
    public Executor trainingThreads() {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig(NodeConfig.TRAINING_DISPATCHER));
    }

    /** Who is in the cluster, as this node knows. */
    public Members members() {
        return new ClusterMembers(system);
    }

    /** Completes when this node is a full member of its cluster. */
    public CompletableFuture<Void> joined() {
        CompletableFuture<Void> up = new CompletableFuture<>();
        org.apache.pekko.cluster.Cluster.get(Adapter.toClassic(system)).registerOnMemberUp(() -> up.complete(null));
        return up;
    }

    /** Takes the nodes with {@code role} out of the cluster: their process is known to be dead. */
    public void down(String role) {
        Cluster cluster = Cluster.get(system);
        for (Member member : cluster.state().getMembers()) {
            if (member.hasRole(role)) {
                cluster.manager().tell(new Down(member.address()));
            }
        }
    }

    /** Nodes that hold devices, as far as this one knows. */
    public int deviceNodes() {
        int nodes = 0;
        for (Member member : Cluster.get(system).state().getMembers()) {
            nodes += member.hasRole(NodeRoster.DEVICES_ROLE) && member.status().equals(MemberStatus.up()) ? 1 : 0;
        }
        return nodes;
    }

    /** Coordinates a run; its outcome completes the context's future. */
    public void coordinate(RunContext run) {
        system.tell(new Guardian.Coordinate(run));
    }

    /** From now on this node goes on with runs of others whose coordinator is lost. */
    public void standBy(TakeOver takeOver) {
        system.tell(new Guardian.StandBy(takeOver));
    }

    /** Asks a device what it is and holds. */
    public CompletionStage<DeviceInspection> inspect(String run, int device) {
        return AskPattern.ask(
                devices, replyTo -> new Device.Inspect(run, device, replyTo), INSPECTION_TIMEOUT, system.scheduler());
    }

    /** Asks a device what the base and its own model make of one example that it holds back. */
    public CompletionStage<DevicePrediction> predict(String run, int device, int example) {
        return AskPattern.ask(
                devices,
                replyTo -> new Device.Predict(run, device, example, replyTo),
                INSPECTION_TIMEOUT,
                system.scheduler());
    }

    /** Lets devices of a run that nobody coordinates live here: they serve what needs no round. */
    public void serve(String run, DeviceHost host) {
        hosts.serve(run, host, system.ignoreRef());
    }

    /**
     * The model of a device, asked of the device itself, wherever it lives: what it holds now, or what {@code lineage}
     * leads to. Empty if it holds none. Verified by the root that the device gave.
     */
    public CompletionStage<Optional<Snapshot>> recover(String run, int device, Lineage lineage, TensorLayout layout) {
        return recover(run, device, lineage, layout, new ByteArrayOutputStream());
    }

    private CompletionStage<Optional<Snapshot>> recover(
            String run, int device, Lineage lineage, TensorLayout layout, ByteArrayOutputStream before) {
        CompletionStage<Device.Recovered> answer = AskPattern.ask(
                devices,
                replyTo -> new Device.Recover(run, device, lineage, before.size(), replyTo),
                RECOVERY_TIMEOUT,
                system.scheduler());
        return answer.thenCompose(part -> {
            if (part.root().isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            before.writeBytes(part.part().toArray());
            if (before.size() < part.total()) {
                return recover(run, device, part.lineage(), layout, before);
            }
            Snapshot model = VersionCodec.decode(before.toByteArray(), layout);
            if (!ModelRoot.of(model).equals(part.root().get())) {
                throw new IllegalStateException("the model of device " + device + " arrived damaged");
            }
            return CompletableFuture.completedFuture(Optional.of(model));
        });
    }

    /** Completes when the node has left its cluster, by itself or because it was told to. */
    public CompletionStage<?> terminated() {
        return system.getWhenTerminated();
    }

    /**
     * Of a node that is about to end: whether that is because it and the others could not reach each other, and these go
     * on. Returns when it has ended, or has taken too long; at once if it is well within its cluster.
     */
    public boolean endsTakenOut() {
        Cluster cluster = Cluster.get(system);
        if (!cluster.isTerminated()
                && cluster.selfMember().status().equals(MemberStatus.up())
                && cluster.state().getUnreachable().isEmpty()) {
            return false;
        }
        await(system.getWhenTerminated());
        return CoordinatedShutdown.get(system)
                .getShutdownReason()
                .filter(reason -> reason.equals(CoordinatedShutdown.clusterDowningReason()))
                .isPresent();
    }

    /** Hands its devices over, leaves the cluster and ends; returns when that is done, or has taken too long. */
    public void leave() {
        await(CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason()));
        hosts.close();
    }

    /** Ends at once, without a word to the cluster. */
    @Override
    public void close() {
        hosts.close(); // First: threads may wait for a store that is away.
        system.terminate();
        await(system.getWhenTerminated());
    }

    private void await(CompletionStage<?> end) {
        try {
            end.toCompletableFuture().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            system.log().warn("the node did not end in time: {}", e.toString());
        }
    }
}
