package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Rng;
import dev.starling.data.DataSettings.LogNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Partitions that do not look at labels. */
final class SizePartitions {

    private SizePartitions() {}

    /** Shuffled, equal parts; if they do not come out even, the parts differ by one. */
    static Ownership iid(int[] rows, int devices, Rng rng) {
        int[] order = rows.clone();
        rng.shuffle(order, order.length);
        return new Ownership(order, evenOffsets(order.length, devices));
    }

    /** Shuffled; each device gets {@code smallest} rows, and the rest goes by log-normal weights (median 1). */
    static Ownership logNormal(int[] rows, int devices, LogNormal settings, Rng rng) {
        long least = (long) settings.smallest() * devices;
        if (least > rows.length) {
            throw new InputException(
                    "",
                    "partition log-normal: smallest × fleet.devices must be at most the training examples ("
                            + rows.length + "), got " + settings.smallest() + " × " + devices);
        }
        Weights weights = new Weights(devices);
        for (int device = 0; device < devices; device++) {
            weights.putLogNormal(device, settings.sigma(), rng);
        }
        int[] order = rows.clone();
        rng.shuffle(order, order.length);
        return new Ownership(order, offsets(weights.of(Rows.all(devices)), settings.smallest(), rows.length));
    }

    /**
     * Each value of a column gets devices in proportion to its rows, at least one; device ids of a value are
     * neighbours, and its rows are dealt to them evenly at random.
     */
    static Ownership byGroup(int[] rows, Groups groups, int devices, String column, Rng rng) {
        List<int[]> members = new ArrayList<>();
        for (int group = 0; group < groups.count(); group++) {
            int code = group;
            int[] chosen =
                    Arrays.stream(rows).filter(row -> groups.code(row) == code).toArray();
            if (chosen.length > 0) {
                members.add(chosen);
            }
        }
        if (members.size() > devices) {
            throw new InputException(
                    "",
                    "fleet.devices must be at least the number of values of column " + column + " (" + members.size()
                            + "), got " + devices);
        }
        int[] shares = deviceShares(members, devices);
        List<int[]> lists = new ArrayList<>(devices);
        for (int group = 0; group < members.size(); group++) {
            int[] order = members.get(group);
            rng.shuffle(order, order.length);
            int[] offsets = evenOffsets(order.length, shares[group]);
            for (int part = 0; part < shares[group]; part++) {
                lists.add(Arrays.copyOfRange(order, offsets[part], offsets[part + 1]));
            }
        }
        return Ownership.of(lists);
    }

    /** One device each, then always one more to the group with the most rows per device. */
    private static int[] deviceShares(List<int[]> members, int devices) {
        int[] shares = new int[members.size()];
        Arrays.fill(shares, 1);
        for (int given = members.size(); given < devices; given++) {
            int neediest = 0;
            for (int group = 1; group < shares.length; group++) {
                if ((long) members.get(group).length * shares[neediest]
                        > (long) members.get(neediest).length * shares[group]) {
                    neediest = group;
                }
            }
            shares[neediest]++;
        }
        return shares;
    }

    static int[] evenOffsets(int count, int parts) {
        int[] offsets = new int[parts + 1];
        for (int part = 0; part <= parts; part++) {
            offsets[part] = (int) ((long) count * part / parts);
        }
        return offsets;
    }

    /** Every part gets {@code smallest}, the rest is cut in proportion to {@code weights}; all of {@code count} is used. */
    static int[] offsets(double[] weights, int smallest, int count) {
        double total = Arrays.stream(weights).sum();
        long free = count - (long) smallest * weights.length;
        int[] offsets = new int[weights.length + 1];
        double sum = 0;
        for (int part = 0; part < weights.length; part++) {
            sum += weights[part];
            offsets[part + 1] = (int) (smallest * (part + 1L) + Math.min(free, Math.round(free * (sum / total))));
        }
        offsets[weights.length] = count;
        return offsets;
    }
}
