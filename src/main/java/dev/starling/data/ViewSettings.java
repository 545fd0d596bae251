package dev.starling.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How what devices see differs from the examples that they own, and when they get to see them. Strength 0 switches a
 * bias off; several biases compose: region, then daytime, then weather, and concept on the labels.
 *
 * @param biasedTest whether the test set is seen as devices see their examples, or as it is
 */
public record ViewSettings(
        Region region, Daytime daytime, Weather weather, Concept concept, boolean biasedTest, Arrival arrival) {

    /** Never drifts. */
    public static final double NEVER = Double.POSITIVE_INFINITY;

    /** Everybody sees what is there, all of it, from the start. */
    public static final ViewSettings PLAIN = new ViewSettings(
            new Region(0, 3, NEVER),
            new Daytime(0),
            new Weather(0, 0, 86_400),
            new Concept(0, 2, NEVER),
            false,
            Arrival.AT_ONCE);

    /**
     * A feature shift per region: pose, contrast and brightness of images; shift and scale of each column of a table.
     *
     * @param strength about the shift of a feature's mean in standard deviations; 0 or more
     * @param count regions, at least 1; they lie evenly around the earth, which gives each its time zone. A fleet whose
     *     devices live by the day has its own regions instead
     * @param driftSeconds fleet time in which the shift of a region becomes another one
     */
    public record Region(double strength, int count, double driftSeconds) {}

    /** Images are dark at night: share of the light, 0 to 1, that is missing at local midnight. */
    public record Daytime(double darkness) {}

    /**
     * Weather of a region: from clear to the worst, at random.
     *
     * @param noise deviation of the noise in the worst weather, in standard deviations of the features; 0 or more
     * @param blur share of the sharpness, 0 to 1, that is lost in the worst weather; for images
     * @param driftSeconds fleet time in which the weather becomes another one
     */
    public record Weather(double noise, double blur, double driftSeconds) {}

    /**
     * Labels that mean different things to different groups of devices.
     *
     * @param labels how many labels change places in every group but the first; 0 for none, else at least 2
     * @param groups of devices, at least 2; the first goes by the labels of the data
     * @param driftSeconds fleet time after which every group changes its mind
     */
    public record Concept(int labels, int groups, double driftSeconds) {}

    /** What a device keeps when it may not keep all that arrived. */
    public enum Keep {
        /** An equally likely choice of all that arrived: Vitter, Random sampling with a reservoir, ACM TOMS 1985. */
        RESERVOIR,
        LATEST
    }

    /** In which order the examples that a device will ever own reach it. */
    public enum Order {
        RANDOM,
        /** One label after the other, in an order of each device's own: label skew that drifts. */
        BY_LABEL
    }

    /**
     * How examples reach their device.
     *
     * @param perDay examples a day of fleet time, until all that the device owns are there; infinite: at once
     * @param perDayOfClass the same for devices of some classes, by name
     * @param initial examples that are there at the start
     * @param atMost examples that a device keeps, at least 1
     */
    public record Arrival(
            double perDay, Map<String, Double> perDayOfClass, int initial, int atMost, Keep keep, Order order) {

        static final Arrival AT_ONCE =
                new Arrival(Double.POSITIVE_INFINITY, Map.of(), 0, Integer.MAX_VALUE, Keep.RESERVOIR, Order.RANDOM);

        public Arrival {
            // Sorted: it shows in messages.
            perDayOfClass = Collections.unmodifiableMap(new TreeMap<>(perDayOfClass));
        }

        /** Whether a device has, at any time, all the examples that it owns. */
        public boolean atOnce() {
            return perDay == Double.POSITIVE_INFINITY && perDayOfClass.isEmpty() && atMost == Integer.MAX_VALUE;
        }

        /** Examples a day that reach devices of {@code deviceClass}. */
        public double perDay(String deviceClass) {
            return perDayOfClass.getOrDefault(deviceClass, perDay);
        }
    }
}
