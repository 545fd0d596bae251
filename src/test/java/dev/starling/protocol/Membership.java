package dev.starling.protocol;

import dev.starling.coordinator.Members;
import dev.starling.device.NodeAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The cluster as its members see it: a node that died is one of them until that is noticed. Oldest first. */
final class Membership implements Members {

    private final Map<Place, ActorRef<NodeAgent.Command>> members = new LinkedHashMap<>();
    private final List<ActorRef<Members.Change>> told = new ArrayList<>();

    void joined(Place place, ActorRef<NodeAgent.Command> agent) {
        members.put(place, agent);
        tell(new Members.Up(place.name(), agent));
    }

    void removed(Place place) {
        members.remove(place);
        tell(new Members.Removed(place.name()));
    }

    List<Place> members() {
        return List.copyOf(members.keySet());
    }

    private void tell(Members.Change change) {
        List.copyOf(told).forEach(listener -> listener.tell(change));
    }

    @Override
    public Behavior<?> telling(ActorRef<Members.Change> listener) {
        return Behaviors.<Members.Change>setup(context -> {
            members.forEach((place, agent) -> context.getSelf().tell(new Members.Up(place.name(), agent)));
            told.add(context.getSelf());
            return Behaviors.receiveMessage(change -> {
                listener.tell(change);
                return Behaviors.same();
            });
        });
    }
}
