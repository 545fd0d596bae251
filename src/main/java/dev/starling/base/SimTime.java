package dev.starling.base;

import java.time.Instant;

/** A moment of fleet time: milliseconds since 1970-01-01T00:00:00Z, moved by the coordinator only. */
public record SimTime(long epochMillis) implements Comparable<SimTime> {

    public static SimTime of(Instant instant) {
        return new SimTime(instant.toEpochMilli());
    }

    public SimTime plusMillis(long millis) {
        return new SimTime(Math.addExact(epochMillis, millis));
    }

    /** Milliseconds from {@code earlier} to this moment; negative if {@code earlier} is later. */
    public long millisSince(SimTime earlier) {
        return epochMillis - earlier.epochMillis;
    }

    /** The later of two moments. */
    public SimTime later(SimTime other) {
        return epochMillis >= other.epochMillis ? this : other;
    }

    /** The earlier of two moments. */
    public SimTime earlier(SimTime other) {
        return epochMillis <= other.epochMillis ? this : other;
    }

    @Override
    public int compareTo(SimTime other) {
        return Long.compare(epochMillis, other.epochMillis);
    }

    /** ISO-8601 in UTC, for example {@code 2026-03-01T08:00:00Z}. */
    @Override
    public String toString() {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
