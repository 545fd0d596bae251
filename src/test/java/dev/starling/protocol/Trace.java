package dev.starling.protocol;

import dev.starling.aggregate.Aggregator;
import dev.starling.device.BaseModels;
import dev.starling.device.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that happened, as one number; as text too if somebody wants to read it. Two runs are the same if it is. */
final class Trace {

    private final boolean written;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private long hash = 17;
    private long events;

    Trace(boolean written) {
        this.written = written;
    }

    /** At {@code nanos} this happened to {@code subject} at {@code where}. */
    void note(long nanos, String what, String where, Object subject) {
        events++;
        mix(nanos);
        mix(what.hashCode());
        mix(where.hashCode());
        mix(
                subject instanceof String text
                        ? text.hashCode()
                        : subject.getClass().getName().hashCode());
        mix(numbers(subject));
        if (written) {
            lines.add(String.format("%11.6f  %-8s %-28s %s", nanos / 1e9, what, where, text(subject)));
        }
    }

    private void mix(long value) {
        hash = (Long.rotateLeft(hash, 7) ^ value) * 0x9E3779B97F4A7C15L;
    }

    long hash() {
        return hash;
    }

    long events() {
        return events;
    }

    /** What happened, in order; empty unless it was to be written. */
    List<String> lines() {
        return lines;
    }

    /** Something went wrong, or right, that is worth counting. */
    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** How often what was counted. */
    Map<String, Integer> counts() {
        return counts;
    }

    private static long numbers(Object message) {
        if (message instanceof Device.Train train) {
            return ((long) train.device() << 40) ^ ((long) train.work().round() << 20) ^ train.attempt();
        } else if (message instanceof Device.Request request) {
            return request.device();
        } else if (message instanceof Aggregator.Arrived arrived) {
            return arrived.devices().hashCode() ^ ((long) arrived.round().attempt() << 32);
        } else if (message instanceof Aggregator.Chunk chunk) {
            return chunk.values().hashCode();
        } else if (message instanceof BaseModels.Offer offer) {
            return offer.root().hex().hashCode();
        }
        return 0;
    }

    private static String text(Object message) {
        if (message instanceof Device.Train train) {
            return "Train device " + train.device() + " round " + train.work().round() + "." + train.attempt()
                    + " version " + train.work().version() + " (" + train.run() + ")";
        } else if (message instanceof Device.Request request) {
            return request.getClass().getSimpleName() + " device " + request.device() + " (" + request.run() + ")";
        } else if (message instanceof Aggregator.Arrived arrived) {
            return "Arrived " + arrived.node() + " " + arrived.round() + " " + arrived.devices();
        } else if (message instanceof Aggregator.Closed closed) {
            return "Closed " + closed.node() + " " + closed.round() + " "
                    + closed.totals().handledDevices();
        } else if (message instanceof BaseModels.Offer offer) {
            return "Offer version " + offer.version() + " root "
                    + offer.root().hex().substring(0, 8);
        } else if (message instanceof BaseModels.Want want) {
            return "Want version " + want.version();
        } else if (message instanceof BaseModels.Pull pull) {
            return "Pull version " + pull.version() + " from " + pull.from();
        } else if (message instanceof Aggregator.Close close) {
            return "Close " + close.round();
        } else if (message instanceof Aggregator.Expect expect) {
            return "Expect " + expect.devices() + " " + expect.close().round();
        } else if (message instanceof Aggregator.Folded) {
            return message.toString();
        }
        return message instanceof String text ? text : message.getClass().getSimpleName();
    }
}
