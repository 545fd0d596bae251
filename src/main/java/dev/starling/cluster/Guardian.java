package dev.starling.cluster;

import dev.starling.coordinator.Coordinator;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.TakeOver;
import dev.starling.coordinator.Understudies;
import dev.starling.device.NodeAgent;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** The root of a node's actors: the agent through which it joins runs, and the coordinators it is told to host. */
final class Guardian {

    sealed interface Command {}

    /** Coordinate this run, as the one coordinator of the cluster. */
    record Coordinate(RunContext run) implements Command {}

    /** Go on with runs of others whose coordinator is lost. */
    record StandBy(TakeOver takeOver) implements Command {}

    private Guardian() {}

    static Behavior<Command> create(NodeAgent.Node node) {
        return Behaviors.setup(context -> {
            context.spawn(NodeAgent.create(node), "node");
            ClusterSingleton singletons = ClusterSingleton.get(context.getSystem());
            ClusterSingletonSettings settings =
                    ClusterSingletonSettings.create(context.getSystem()).withRole(Node.COORDINATOR_ROLE);
            return Behaviors.receive(Command.class)
                    .onMessage(Coordinate.class, coordinate -> {
                        RunContext run = coordinate.run();
                        singletons.init(SingletonActor.of(
                                        Coordinator.create(run),
                                        "coordinator-" + run.spec().run())
                                .withSettings(settings));
                        return Behaviors.same();
                    })
                    .onMessage(StandBy.class, standBy -> {
                        context.spawn(Understudies.create(standBy.takeOver()), Understudies.NAME);
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
