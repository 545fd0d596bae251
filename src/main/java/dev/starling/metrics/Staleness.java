package dev.starling.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How many versions old counted reports were when they counted; empty where training is synchronous.
 *
 * @param reportsByAge reports of each age that there was
 */
public record Staleness(SortedMap<Integer, Long> reportsByAge) {

    public static final Staleness NONE = new Staleness(new TreeMap<>());

    public Staleness {
        reportsByAge = Collections.unmodifiableSortedMap(new TreeMap<>(reportsByAge));
    }

    /** Of one report of each age; ages may repeat. */
    public static Staleness of(IntStream ages) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        ages.forEach(age -> counts.merge(age, 1L, Long::sum));
        return new Staleness(counts);
    }

    Staleness plus(Staleness other) {
        if (other.isEmpty()) {
            return this;
        }
        SortedMap<Integer, Long> sums = new TreeMap<>(reportsByAge);
        other.reportsByAge.forEach((age, reports) -> sums.merge(age, reports, Long::sum));
        return new Staleness(sums);
    }

    public boolean isEmpty() {
        return reportsByAge.isEmpty();
    }

    private long reports() {
        return reportsByAge.values().stream().mapToLong(Long::longValue).sum();
    }

    /** NaN if empty. */
    public double mean() {
        double sum = 0;
        for (var one : reportsByAge.entrySet()) {
            sum += (double) one.getKey() * one.getValue();
        }
        return sum / reports();
    }

    /** The middle age, of an even number of reports the mean of the two in the middle; NaN if empty. */
    public double median() {
        return isEmpty() ? Double.NaN : (ageOf((reports() + 1) / 2) + ageOf(reports() / 2 + 1)) / 2.0;
    }

    /**
     * The smallest age that {@code share} (above 0 to 1) of the reports do not exceed (nearest rank); NaN if empty.
     */
    public double quantile(double share) {
        return isEmpty() ? Double.NaN : ageOf((long) Math.ceil(share * reports() - 1e-9));
    }

    /** Age of the report of this rank, from 1 for the youngest. */
    private int ageOf(long rank) {
        long below = 0;
        for (var one : reportsByAge.entrySet()) {
            below += one.getValue();
            if (below >= rank) {
                return one.getKey();
            }
        }
        return reportsByAge.lastKey();
    }

    /** NaN if empty. */
    public double max() {
        return isEmpty() ? Double.NaN : reportsByAge.lastKey();
    }
}
