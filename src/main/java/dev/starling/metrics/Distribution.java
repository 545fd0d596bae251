package dev.starling.metrics;

import dev.starling.base.Median;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a figure is spread over devices. {@code p50} is the median: the middle one, of an even number of devices the mean
 * of the two in the middle. The other quantiles are by nearest rank, so each is the figure of some device: the smallest
 * that so large a share of the devices does not exceed. All NaN without devices.
 */
public record Distribution(double mean, double min, double p10, double p50, double p90, double p99, double max) {

    /** Of one value for each device, in any order. */
    public static Distribution of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Distribution(
                Arrays.stream(sorted).average().orElse(Double.NaN),
                quantile(sorted, 0),
                quantile(sorted, 0.1),
                Median.of(sorted),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        // 0.9 × 10 is a little above 9 in binary and must still be the ninth.
        int rank = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.max(1, rank) - 1];
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mean", mean);
        json.put("min", min);
        json.put("p10", p10);
        json.put("p50", p50);
        json.put("p90", p90);
        json.put("p99", p99);
        json.put("max", max);
        return json;
    }
}
