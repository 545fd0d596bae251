package dev.starling.metrics;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Events per second over the last ten full seconds, from ten one-second buckets. Reading does not change it, so any
 * number of JMX clients may. Thread-safe.
 */
final class Rate {

    private static final int SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final long startNanos;
    /** One more than is averaged: the running second is not full. */
    private final long[] buckets = new long[SECONDS + 1];

    private long newestSecond;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    Rate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    synchronized void add(long events) {
        buckets[bucketOf(advance())] += events;
    }

    /** Mean over the last ten full seconds, or over all full seconds if there were fewer; 0 in the first second. */
    synchronized double perSecond() {
        long second = advance();
        long full = Math.min(second, SECONDS);
        if (full == 0) {
            return 0;
        }
        long running = buckets[bucketOf(second)];
        return (double) (Arrays.stream(buckets).sum() - running) / full;
    }

    private long advance() {
        long second = (nanoTime.getAsLong() - startNanos) / NANOS;
        long first = Math.max(newestSecond + 1, second - SECONDS);
        for (long empty = first; empty <= second; empty++) {
            buckets[bucketOf(empty)] = 0;
        }
        newestSecond = second;
        return second;
    }

    private int bucketOf(long second) {
        return (int) (second % buckets.length);
    }
}
