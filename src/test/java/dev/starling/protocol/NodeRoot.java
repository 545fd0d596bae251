package dev.starling.protocol;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Holds actors and does nothing else: all those of a node, as the guardian of its actor system would, or all nodes. */
final class NodeRoot {

    sealed interface Command {}

    /** Start an actor and hand out its reference. */
    record Spawn<T>(String name, Behavior<T> behavior, Consumer<ActorRef<T>> taker) implements Command {
        private void in(ActorContext<Command> context) {
            taker.accept(context.spawn(behavior, name));
        }
    }

    /** Stop an actor that was started here. */
    record Stop(ActorRef<?> child) implements Command {}

    private NodeRoot() {}

    static Behavior<Command> create() {
        return Behaviors.setup(context -> Behaviors.receiveMessage(command -> {
            if (command instanceof Spawn<?> spawn) {
                spawn.in(context);
            } else if (command instanceof Stop stop) {
                context.stop(stop.child());
            }
            return Behaviors.same();
        }));
    }
}
