package dev.starling.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the cluster makes of nodes that die, with the settings in {@code conf/application.conf}: who is silent is suspected; when
 * nothing has changed for a while, {@link KeepOldest} decides. Those who are left cannot know that it was no cut. So they
 * may have to end, too; then nobody is left, and whoever starts next founds a cluster of their own.
 */
final class Downing {

    private static final long SECOND = 1_000_000_000L;

    /** The failure detector's acceptable-heartbeat-pause, and what nodes differ by. */
    private static final long SUSPECTED = 10 * SECOND;

    private static final long SUSPECTED_SPREAD = 2 * SECOND;

    /** The split brain resolver's stable-after. */
    private static final long STABLE = 5 * SECOND;

    /** What passes until the others have seen that a node was told to end. */
    private static final long TAKEN_OUT_SPREAD = 3 * SECOND;

    /** A process that has started others sees them die. */
    private static final long SEEN_SPREAD = 2 * SECOND;

    /** What passes until a node that must end does so, and its process takes for it. */
    private static final long END_SPREAD = 5 * SECOND;

    private static final long EXIT_SPREAD = 2 * SECOND;

    private final World world;
    private final Machine machine;
    private final SplittableRandom random;
    private final Set<Place> suspected = new LinkedHashSet<>();
    private int changes;

    Downing(World world, Machine machine, SplittableRandom random) {
        this.world = world;
        this.machine = machine;
        this.random = random;
    }

    /** {@code place} is dead, and nobody knows. */
    void died(Place place) {
        machine.in(SUSPECTED + random.nextLong(SUSPECTED_SPREAD), null, () -> suspect(place));
    }

    /** The coordinator's process has started {@code place}: it takes it out without waiting, if it still can. */
    void seenToDie(Place place) {
        machine.in(random.nextLong(SEEN_SPREAD), null, () -> {
            Place coordinator = world.sessions().place();
            if (coordinator != null
                    && coordinator.serves()
                    && world.membership().has(coordinator)) {
                remove(place);
            }
        });
    }

    private void suspect(Place place) {
        if (world.membership().has(place)) {
            suspected.add(place);
            world.membership().suspected(Set.copyOf(suspected));
            int change = ++changes;
            machine.in(STABLE, null, () -> decide(change));
        }
    }

    private void decide(int change) {
        if (change != changes) {
            return; // Another was suspected since, and whoever suspects waits from there.
        }
        if (world.isUndecided()) {
            machine.in(SECOND, null, () -> decide(change));
            return;
        }
        List<Place> members = world.membership().members();
        suspected.retainAll(members);
        if (suspected.isEmpty() || members.stream().noneMatch(Place::lives)) {
            return; // Nobody is there to be taken out, or to do so.
        }
        Set<Place> downed = KeepOldest.downed(members, suspected);
        if (downed.equals(suspected)) {
            List<Place> dead = List.copyOf(suspected);
            machine.in(random.nextLong(TAKEN_OUT_SPREAD), null, () -> dead.forEach(this::remove));
        } else {
            world.note("end-all", downed.toString(), "");
            downed.forEach(this::endSoon);
        }
    }

    /** Of a node that must not go on: it finds that out at a moment of its own. */
    void endSoon(Place node) {
        machine.in(random.nextLong(END_SPREAD), null, () -> end(node));
    }

    /** The node has seen that it must not go on: its actors are stopped, then its process ends. */
    private void end(Place node) {
        if (node.state() == Place.State.STANDS_STILL) {
            machine.in(SECOND / 10, null, () -> end(node));
        } else if (node.serves()) {
            world.note(node.coordinators() > 0 ? "cut-off" : "down", node.name(), "");
            node.ends();
            world.stopActors(node);
            machine.in(random.nextLong(EXIT_SPREAD), null, () -> world.exit(node));
        }
    }

    /** A node that is dead is taken out, when the cluster knows who goes on. */
    void remove(Place place) {
        if (world.isUndecided()) {
            machine.in(SECOND, null, () -> remove(place));
            return;
        }
        forget(place);
        world.coordinate();
    }

    private void forget(Place place) {
        if (world.membership().has(place)) {
            world.note("remove", place.name(), "");
            world.membership().removed(place);
            world.shards().removed(place);
        }
        suspected.remove(place);
        world.membership().suspected(Set.copyOf(suspected));
        place.state(Place.State.REMOVED);
    }

    /** Whether nobody may join: one of the members is dead, and the others have not taken it out yet. */
    boolean isShut() {
        List<Place> members = world.membership().members();
        return members.stream().anyMatch(Place::lives) && !members.stream().allMatch(Place::lives);
    }

    /** If all members are dead, there is no cluster any more, and a new one knows nothing of them. */
    void foundAnew() {
        List<Place> members = world.membership().members();
        if (members.stream().noneMatch(Place::lives)) {
            members.forEach(this::forget);
        }
    }
}
