package dev.starling.protocol;

import dev.starling.coordinator.Members;
import dev.starling.device.NodeAgent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The cluster as its members see it: a node that died is one of them until that is noticed. Oldest first. */
final class Membership {

    /** Somebody on {@code place} is told what happens to others. */
    private record Listener(Place place, ActorRef<Members.Change> actor) {}

    private final Map<Place, ActorRef<NodeAgent.Command>> members = new LinkedHashMap<>();
    private final List<Listener> told = new ArrayList<>();
    private final Set<Place> takenOut = new HashSet<>();
    private Map<Place, Set<Place>> unreachable = Map.of();
    private Set<Place> suspected = Set.of();
    private int joined;

    void joined(Place place, ActorRef<NodeAgent.Command> agent) {
        joined++;
        members.put(place, agent);
        tell(up(place, agent));
    }

    /** How many there ever were. */
    int joined() {
        return joined;
    }

    void removed(Place place) {
        members.remove(place);
        tell(new Members.Removed(place.name()));
    }

    /**
     * The others go on without {@code nodes}, which hear no more of who is there.
     *
     * @param bothGoOn whether they are told that the others are removed
     */
    void takenOut(Set<Place> nodes, boolean bothGoOn) {
        List<Listener> beyond = told.stream()
                .filter(listener -> nodes.contains(listener.place()))
                .toList();
        if (bothGoOn) {
            List<Place> others = members.keySet().stream()
                    .filter(place -> !nodes.contains(place))
                    .toList();
            beyond.forEach(
                    listener -> others.forEach(place -> listener.actor().tell(new Members.Removed(place.name()))));
        }
        takenOut.addAll(nodes);
        List.copyOf(members.keySet()).stream().filter(nodes::contains).forEach(this::removed);
    }

    /** From now on each of these nodes cannot reach those; all are reached that are not named. */
    void unreachable(Map<Place, Set<Place>> next) {
        Set<Place> changed = new LinkedHashSet<>(unreachable.keySet());
        changed.addAll(next.keySet());
        unreachable = next;
        changed.stream().filter(members::containsKey).forEach(place -> tell(new Members.Reachability(place.name())));
    }

    /** From now on nobody reaches these, which are dead. */
    void suspected(Set<Place> next) {
        Set<Place> changed = new LinkedHashSet<>(next);
        changed.removeAll(suspected);
        suspected = next;
        changed.stream().filter(members::containsKey).forEach(place -> tell(new Members.Reachability(place.name())));
    }

    boolean has(Place place) {
        return members.containsKey(place);
    }

    List<Place> members() {
        return List.copyOf(members.keySet());
    }

    /** Nobody stands by here: whoever coordinates next is started by the {@link World}. */
    private static Members.Up up(Place place, ActorRef<NodeAgent.Command> agent) {
        return new Members.Up(place.name(), Optional.of(agent), Optional.empty());
    }

    private void tell(Members.Change change) {
        for (Listener listener : List.copyOf(told)) {
            if (!takenOut.contains(listener.place())) {
                listener.actor().tell(change);
            }
        }
    }

    /** As a coordinator on {@code place} sees it. */
    Members seenFrom(Place place) {
        return new View(place);
    }

    private final class View implements Members {

        private final Place place;

        View(Place place) {
            this.place = place;
        }

        @Override
        public int count() {
            return members.size();
        }

        @Override
        public int unreachable() {
            Set<Place> beyond = unreachable.getOrDefault(place, Set.of());
            return (int) members.keySet().stream()
                    .filter(member -> beyond.contains(member) || suspected.contains(member))
                    .count();
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
                members.forEach((member, agent) -> context.getSelf().tell(up(member, agent)));
                told.add(new Listener(place, context.getSelf()));
                return Behaviors.receiveMessage(change -> {
                    listener.tell(change);
                    return Behaviors.same();
                });
            });
        }
    }
}
