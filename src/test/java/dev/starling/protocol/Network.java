package dev.starling.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What becomes of a message between two nodes. Connections keep order and lose only what is under way when they break;
 * but the protocol must also bear that any message comes late, twice, out of order or never.
 */
final class Network {

    /**
     * How bad it is.
     *
     * @param delayMicros a message takes up to this long …
     * @param lateMillis … one in fifty up to this long more
     * @param lostPerMille messages that never arrive
     * @param twicePerMille messages that arrive twice
     * @param ordered whether messages between two nodes keep their order
     */
    record Quality(int delayMicros, int lateMillis, int lostPerMille, int twicePerMille, boolean ordered) {

        static final Quality PERFECT = new Quality(1, 0, 0, 0, true);

        static Quality drawn(SplittableRandom random) {
            return new Quality(
                    1 + random.nextInt(20_000),
                    random.nextInt(3) == 0 ? random.nextInt(30_000) : random.nextInt(300),
                    random.nextInt(2) == 0 ? 0 : random.nextInt(100),
                    random.nextInt(2) == 0 ? 0 : random.nextInt(100),
                    random.nextBoolean());
        }
    }

    private record Link(Place from, Place to) {}

    private final Machine machine;
    private final SplittableRandom random;
    private final Quality quality;
    private final Map<Link, Long> lastArrival = new HashMap<>();
    private final Map<Link, Long> cutUntil = new HashMap<>();
    private final Set<Place> takenOut = new HashSet<>();

    Network(Machine machine, SplittableRandom random, Quality quality) {
        this.machine = machine;
        this.random = random;
        this.quality = quality;
    }

    /** Nothing gets from one place to the other for so long; the other way may still be open. */
    void cut(Place from, Place to, long nanos) {
        cutUntil.merge(new Link(from, to), machine.nanos() + nanos, Math::max);
    }

    /** The others go on without these nodes: neither listens to the other any more, whether the network is whole or not. */
    void takeOut(Set<Place> nodes) {
        takenOut.addAll(nodes);
    }

    /** Whether a node listens to another. */
    boolean hears(Place to, Place from) {
        return takenOut.contains(from) == takenOut.contains(to);
    }

    /**
     * Has {@code delivery} happen at {@code to} when, and as often as, the message arrives there.
     *
     * @return how often
     */
    int carry(Place from, Place to, Runnable delivery) {
        Link link = new Link(from, to);
        if (cutUntil.getOrDefault(link, 0L) > machine.nanos() || !hears(to, from) || chance(quality.lostPerMille())) {
            return 0;
        }
        int times = chance(quality.twicePerMille()) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            machine.in(delay(link), null, delivery);
        }
        return times;
    }

    private boolean chance(int perMille) {
        return perMille > 0 && random.nextInt(1000) < perMille;
    }

    private long delay(Link link) {
        long delay = 1_000L * (1 + random.nextInt(quality.delayMicros()));
        if (quality.lateMillis() > 0 && random.nextInt(50) == 0) {
            delay += 1_000_000L * random.nextInt(quality.lateMillis());
        }
        long arrival = machine.nanos() + delay;
        if (quality.ordered()) {
            arrival = Math.max(arrival, lastArrival.getOrDefault(link, 0L));
            lastArrival.put(link, arrival);
        }
        return arrival - machine.nanos();
    }
}
