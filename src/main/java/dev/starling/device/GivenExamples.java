package dev.starling.device;

import dev.starling.base.SimTime;
import dev.starling.data.view.DeviceViews;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What devices that consent have uploaded so far, so that recipes can be executed centrally. An example is uploaded and stored
 * once, with the first version that is kept as a recipe and was trained on it; later recipes find it there. A device that
 * comes from another node counts as one that has given nothing. Thread-safe for different devices.
 */
final class GivenExamples {

    private static final BitSet NONE = new BitSet();

    private final DeviceViews views;
    private final Map<Integer, BitSet> given = new ConcurrentHashMap<>();

    GivenExamples(DeviceViews views) {
        this.views = views;
    }

    /** Bytes of what {@code device} holds at {@code now} and has not given yet. */
    long missingBytes(int device, SimTime now) {
        BitSet held = held(device, now);
        held.andNot(given.getOrDefault(device, NONE));
        return held.cardinality() * views.data().shape().exampleBytes();
    }

    /** Notes that {@code device} has given all that it holds at {@code now}. */
    void give(int device, SimTime now) {
        BitSet held = held(device, now);
        given.merge(device, held, (before, more) -> {
            BitSet all = (BitSet) before.clone();
            all.or(more);
            return all;
        });
    }

    private BitSet held(int device, SimTime now) {
        BitSet held = new BitSet();
        for (int example : views.held(device, now)) {
            held.set(example);
        }
        return held;
    }
}
