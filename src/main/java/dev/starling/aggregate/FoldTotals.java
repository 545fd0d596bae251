package dev.starling.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a sum of deltas is made of; does not depend on the order in which the deltas came.
 *
 * @param devices those counted, ascending
 * @param rejections those not counted, by device
 * @param lossSum over the examples that the counted devices saw
 * @param deviceLossSum over the counted devices, of the mean loss of each
 * @param deviceLosses mean loss of each counted device, in order of {@code devices}; empty if nobody wants to know
 * @param steps local steps of the counted devices
 * @param examples seen by those steps
 */
public record FoldTotals(
        List<Integer> devices,
        List<Rejection> rejections,
        ExactScalar lossSum,
        ExactScalar deviceLossSum,
        List<Double> deviceLosses,
        long steps,
        long examples) {

    public static final FoldTotals NONE =
            new FoldTotals(List.of(), List.of(), ExactScalar.ZERO, ExactScalar.ZERO, List.of(), 0, 0);

    public FoldTotals {
        devices = List.copyOf(devices);
        rejections = List.copyOf(rejections);
        deviceLosses = List.copyOf(deviceLosses);
    }

    /** Totals without the losses of single devices. */
    public FoldTotals(
            List<Integer> devices,
            List<Rejection> rejections,
            ExactScalar lossSum,
            ExactScalar deviceLossSum,
            long steps,
            long examples) {
        this(devices, rejections, lossSum, deviceLossSum, List.of(), steps, examples);
    }

    /** Both together; throws IllegalArgumentException naming a device that is in both, as it would count twice. */
    public FoldTotals plus(FoldTotals other) {
        Set<Integer> handled = new HashSet<>(handledDevices());
        for (int device : other.handledDevices()) {
            if (!handled.add(device)) {
                throw new IllegalArgumentException("partial sums must not share devices, both have " + device);
            }
        }
        Map<Integer, Double> losses = new TreeMap<>(losses());
        losses.putAll(other.losses());
        return new FoldTotals(
                Stream.concat(devices.stream(), other.devices.stream()).sorted().toList(),
                Stream.concat(rejections.stream(), other.rejections.stream())
                        .sorted(Comparator.comparingInt(Rejection::device))
                        .toList(),
                lossSum.plus(other.lossSum),
                deviceLossSum.plus(other.deviceLossSum),
                new ArrayList<>(losses.values()),
                steps + other.steps,
                examples + other.examples);
    }

    /** Mean loss by device; empty if it was not kept. */
    public Map<Integer, Double> losses() {
        Map<Integer, Double> losses = new TreeMap<>();
        for (int i = 0; i < deviceLosses.size(); i++) {
            losses.put(devices.get(i), deviceLosses.get(i));
        }
        return losses;
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
