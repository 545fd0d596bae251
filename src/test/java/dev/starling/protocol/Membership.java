package dev.starling.protocol;

import dev.starling.coordinator.Members;
import dev.starling.device.NodeAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The cluster as its members see it: a node that died is one of them until that is noticed. Oldest first. */
final class Membership implements Members {

    private final Map<Place, ActorRef<NodeAgent.Command>> members = new LinkedHashMap<>();
    private final List<ActorRef<Members.Change>> told = new ArrayList<>();

    void joined(Place place, ActorRef<NodeAgent.Command> agent) {
        members.put(place, agent);
        tell(up(place, agent));
    }

    void removed(Place place) {
        members.remove(place);
        tell(new Members.Removed(place.name()));
    }

    List<Place> members() {
        return List.copyOf(members.keySet());
    }

    /** Nobody stands by here: whoever coordinates next is started by the {@link World}. */
    private static Members.Up up(Place place, ActorRef<NodeAgent.Command> agent) {
        return new Members.Up(place.name(), Optional.of(agent), Optional.empty());
    }

    private void tell(Members.Change change) {
        List.copyOf(told).forEach(listener -> listener.tell(change));
    }

    @Override
    public int count() {
        return members.size();
    }

    @Override
    public int unreachable() {
        return 0;
    }

    /** Whose coordinator asks does not matter where nobody stands by. */
    @Override
    public String self() {
        return "";
    }

    /** No node here refuses to take part. */
    @Override
    public void expel(String node) {
        throw new IllegalStateException(node + " is expelled");
    }

    @Override
    public Behavior<?> telling(ActorRef<Members.Change> listener) {
        return Behaviors.<Members.Change>setup(context -> {
            members.forEach((place, agent) -> context.getSelf().tell(up(place, agent)));
            told.add(context.getSelf());
            return Behaviors.receiveMessage(change -> {
                listener.tell(change);
                return Behaviors.same();
            });
        });
    }
}
