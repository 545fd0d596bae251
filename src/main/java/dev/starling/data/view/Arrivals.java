package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings.Arrival;
import dev.starling.data.ViewSettings.Keep;
import dev.starling.data.ViewSettings.Order;
import dev.starling.model.Examples;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Examples that reach their devices in fleet time. What a device holds at a moment is a pure function of that moment:
 * the stream of a device and the choices of its reservoir are keyed by the device alone, so that what is held later
 * comes from what was held before.
 */
final class Arrivals {

    private static final double MILLIS_PER_DAY = 86_400_000;

    private static final int ORDER = 0;
    private static final int RESERVOIR = 1;
    private static final int PHASE = 2;

    private final Arrival settings;
    private final Surroundings surroundings;
    private final SimTime start;
    private final Seeds seeds;

    Arrivals(Arrival settings, Surroundings surroundings, SimTime start, Seeds seeds) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.start = start;
        this.seeds = seeds;
    }

    /** How many of the {@code owned} examples that a device will ever see have reached it. */
    int arrived(int device, int owned, SimTime now) {
        double perDay = settings.perDay(surroundings.deviceClass(device));
        if (perDay == Double.POSITIVE_INFINITY) {
            return owned;
        }
        // Devices do not all get their next example in the same millisecond.
        double phase = seeds.of(Purpose.ARRIVAL, PHASE, device).nextDouble();
        double since = Math.floor(Math.max(0, now.millisSince(start)) * perDay / MILLIS_PER_DAY + phase);
        return (int) Math.min(owned, settings.initial() + since);
    }

    /** How many of them it still holds. */
    int held(int device, int owned, SimTime now) {
        return Math.min(settings.atMost(), arrived(device, owned, now));
    }

    /** Which of {@code owned} it holds: as many as {@link #held} says. */
    int[] heldOf(int device, Examples owned, SimTime now) {
        int arrived = arrived(device, owned.count(), now);
        int[] stream = stream(device, owned);
        int kept = Math.min(settings.atMost(), arrived);
        if (settings.keep() == Keep.LATEST) {
            return Arrays.copyOfRange(stream, arrived - kept, arrived);
        }
        // Vitter's Algorithm R.
        int[] reservoir = Arrays.copyOf(stream, kept);
        Rng rng = seeds.of(Purpose.ARRIVAL, RESERVOIR, device);
        for (int i = kept; i < arrived; i++) {
            int place = rng.nextInt(i + 1);
            if (place < kept) {
                reservoir[place] = stream[i];
            }
        }
        return reservoir;
    }

    /** All that the device will ever see, in order of arrival. */
    private int[] stream(int device, Examples owned) {
        int count = owned.count();
        Rng rng = seeds.of(Purpose.ARRIVAL, ORDER, device);
        int[] order = rng.permutation(count);
        if (settings.order() == Order.RANDOM || owned.targets() > 0) {
            return order;
        }
        int[] labels = new int[count];
        owned.labels(order, 0, count, labels);
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        int[] turns = rng.permutation(classes);
        // The sort is stable: within a label, examples stay in random order.
        return IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Integer.compare(turns[labels[a]], turns[labels[b]]))
                .mapToInt(place -> order[place])
                .toArray();
    }
}
