package dev.starling.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The network is cut between two sides for a while, and what the cluster makes of that with the settings in
 * {@code conf/application.conf}: who is silent is suspected, in both directions even if one is open, as heartbeats want an
 * answer; if that stays so, {@link KeepOldest} decides. The nodes of the side that must not go on end, each at its own
 * moment; the others hear of them no more, perhaps before that. A cut that heals earlier costs no node.
 */
final class Partition {

    private static final long SECOND = 1_000_000_000L;

    /** The failure detector's acceptable-heartbeat-pause, and what nodes differ by. */
    private static final long SUSPECTED = 10 * SECOND;

    private static final long SUSPECTED_SPREAD = 2 * SECOND;

    /** The split brain resolver's stable-after. */
    private static final long STABLE = 5 * SECOND;

    /** What passes until the others have seen that a node was told to end. */
    private static final long TAKEN_OUT_SPREAD = 3 * SECOND;

    /** The down-removal-margin: only then what is lost with a node starts elsewhere. */
    private static final long MARGIN = SECOND;

    /**
     * Two groups of nodes.
     *
     * @param oneWay whether what the second sends still arrives at the first
     */
    record Sides(Set<Place> first, Set<Place> second, boolean oneWay) {

        /** Empty unless there are two nodes at least. */
        static Optional<Sides> drawn(List<Place> nodes, boolean oneWay, SplittableRandom random) {
            if (nodes.size() < 2) {
                return Optional.empty();
            }
            Set<Place> first = new LinkedHashSet<>();
            Set<Place> second = new LinkedHashSet<>();
            while (first.isEmpty() || second.isEmpty()) {
                first.clear();
                second.clear();
                nodes.forEach(node -> (random.nextBoolean() ? first : second).add(node));
            }
            return Optional.of(new Sides(first, second, oneWay));
        }

        @Override
        public String toString() {
            return first + (oneWay ? " > " : " | ") + second;
        }
    }

    private final World world;
    private final Machine machine;
    private final SplittableRandom random;
    private final Sides sides;
    private final boolean bothGoOn;
    private final List<Place> ending = new ArrayList<>();
    private boolean decided;
    private boolean settled;
    private boolean healed;

    /** @param bothGoOn see {@link Conditions} */
    Partition(World world, Machine machine, SplittableRandom random, Sides sides, boolean bothGoOn) {
        this.world = world;
        this.machine = machine;
        this.random = random;
        this.sides = sides;
        this.bothGoOn = bothGoOn;
    }

    /** Cuts the network for {@code time}. */
    void begin(long time) {
        world.note(sides.oneWay() ? "one-way" : "split", sides.toString(), "");
        for (Place here : sides.first()) {
            for (Place there : sides.second()) {
                world.network().cut(here, there, time);
                if (!sides.oneWay()) {
                    world.network().cut(there, here, time);
                }
            }
        }
        long suspected = SUSPECTED + random.nextLong(SUSPECTED_SPREAD);
        long decision = suspected + STABLE;
        if (time > suspected) {
            machine.in(suspected, null, this::suspect);
        }
        if (time > decision) {
            machine.in(decision, null, this::decide);
        } else {
            machine.in(time, null, this::heal);
        }
    }

    private void suspect() {
        Map<Place, Set<Place>> unreachable = new LinkedHashMap<>();
        sides.first().forEach(node -> unreachable.put(node, sides.second()));
        sides.second().forEach(node -> unreachable.put(node, sides.first()));
        world.membership().unreachable(unreachable);
    }

    private void heal() {
        world.note("heal", sides.toString(), "");
        world.membership().unreachable(Map.of());
        healed = true;
    }

    private void decide() {
        decided = true;
        List<Place> members = world.membership().members();
        boolean someGoOn = false;
        for (Set<Place> side : List.of(sides.first(), sides.second())) {
            Set<Place> living = new LinkedHashSet<>(side);
            living.removeIf(node -> !node.lives());
            if (KeepOldest.goesOn(members, living)) {
                someGoOn = true;
            } else {
                ending.addAll(living);
            }
        }
        settled = !someGoOn;
        if (someGoOn) {
            machine.in(random.nextLong(TAKEN_OUT_SPREAD), null, this::takeOut);
        }
        if (bothGoOn && someGoOn) {
            return;
        }
        ending.forEach(world.downing()::endSoon);
    }

    /** The others are told that these nodes are removed. */
    private void takeOut() {
        settled = true;
        Set<Place> nodes = new LinkedHashSet<>(ending);
        world.note("take-out", ending.toString(), "");
        world.network().takeOut(nodes);
        world.shards().takenOut(nodes, bothGoOn);
        world.membership().takenOut(nodes, bothGoOn);
        world.membership().unreachable(Map.of());
        machine.in(MARGIN, null, () -> nodes.forEach(world.shards()::removed));
        // Whoever stands by for the coordinator does so already, or is started on another node first.
        machine.in(random.nextBoolean() ? 0 : MARGIN, null, world::coordinate);
    }

    /** Whether the cluster knows yet who goes on: before, nobody who died is taken out. */
    boolean settled() {
        return settled || healed;
    }

    /** Whether all is as if there had been no cut, but for nodes that have ended. */
    boolean over() {
        return healed
                || (decided
                        && ending.stream()
                                .noneMatch(node ->
                                        node.lives() || world.membership().has(node)));
    }
}
