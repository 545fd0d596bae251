package dev.starling.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sum of deltas is made of; does not depend on the order in which the deltas came.
 *
 * @param devices those counted, ascending
 * @param rejections those not counted, by device
 * @param lossSum over the examples that the counted devices saw
 * @param deviceLossSum over the counted devices, of the mean loss of each
 * @param steps local steps of the counted devices
 * @param examples seen by those steps
 */
public record FoldTotals(
        List<Integer> devices,
        List<Rejection> rejections,
        ExactScalar lossSum,
        ExactScalar deviceLossSum,
        long steps,
        long examples) {

    public static final FoldTotals NONE =
            new FoldTotals(List.of(), List.of(), ExactScalar.ZERO, ExactScalar.ZERO, 0, 0);

    public FoldTotals {
        devices = List.copyOf(devices);
        rejections = List.copyOf(rejections);
    }

    /** Both together; throws IllegalArgumentException naming a device that is in both, as it would count twice. */
    public FoldTotals plus(FoldTotals other) {
        Set<Integer> handled = new HashSet<>(handledDevices());
        for (int device : other.handledDevices()) {
            if (!handled.add(device)) {
                throw new IllegalArgumentException("partial sums must not share devices, both have " + device);
            }
        }
        return new FoldTotals(
                Stream.concat(devices.stream(), other.devices.stream()).sorted().toList(),
                Stream.concat(rejections.stream(), other.rejections.stream())
                        .sorted(Comparator.comparingInt(Rejection::device))
                        .toList(),
                lossSum.plus(other.lossSum),
                deviceLossSum.plus(other.deviceLossSum),
                steps + other.steps,
                examples + other.examples);
    }

    /** Counted or rejected. */
    public List<Integer> handledDevices() {
        List<Integer> handled = new ArrayList<>(devices);
        rejections.forEach(rejection -> handled.add(rejection.device()));
        return handled;
    }

    /** Mean loss over the examples trained on; NaN without any. */
    public double meanLoss() {
        return lossSum.toDouble() / examples;
    }

    /** Mean over devices of their mean losses, as data-parallel training reports it; NaN without any. */
    public double meanDeviceLoss() {
        return deviceLossSum.toDouble() / devices.size();
    }
}
