package dev.starling.fleet.life;

import dev.starling.base.Rng;
import org.jspecify.annotations.Nullable;

/**
 * What one device does in one day, from local noon to noon: nights are then in one piece. All stretches start within
 * the day and last at most {@link #LONGEST} hours, so only two days matter at any moment. Times are local milliseconds
 * since 1970. Each stretch is drawn when it is asked for, from its own place in the stream of the day.
 */
final class Day {

    static final long MILLIS = 86_400_000L;
    static final long HOUR = 3_600_000L;

    private static final double LONGEST = 12;

    // Places in the stream: a stretch takes two bells, whether it happens is one number behind it.
    private static final int STRETCH_DRAWS = 2 * Routine.BELL_DRAWS;
    private static final int NIGHT = 0;
    private static final int CHARGES = NIGHT + STRETCH_DRAWS;
    private static final int TOP_UP = CHARGES + 1;
    private static final int TOPS_UP = TOP_UP + 1 + STRETCH_DRAWS; // its hour is drawn first
    private static final int SLEEP = TOPS_UP + 1;
    private static final int AWAY = SLEEP + STRETCH_DRAWS;
    private static final int GOES = AWAY + STRETCH_DRAWS;

    private final long number;
    private final Routine routine;
    private final Rng stream;
    private @Nullable Stretch night;
    private @Nullable Stretch topUp;
    private @Nullable Stretch sleep;
    private @Nullable Stretch away;

    /** Day {@code number} of the device that has this routine. */
    Day(long number, Routine routine) {
        this.number = number;
        this.routine = routine;
        this.stream = routine.day(number);
    }

    /** From {@code from} (included) to {@code to} (excluded); empty if they are equal. */
    record Stretch(long from, long to) {

        /** Does not happen. */
        static final Stretch NONE = new Stretch(0, 0);

        boolean contains(long local) {
            return local >= from && local < to;
        }

        /** The first of this stretch's ends after {@code local}, or {@code other} if that is sooner. */
        long nextEdge(long local, long other) {
            long edge = local < from ? from : to;
            return from < to && edge > local ? Math.min(edge, other) : other;
        }
    }

    /** Number of the noon-to-noon day that {@code local} is in. */
    static long numberAt(long local) {
        return Math.floorDiv(local - MILLIS / 2, MILLIS);
    }

    /** Its noon. */
    long start() {
        return number * MILLIS + MILLIS / 2;
    }

    /** On the charger for the night. */
    Stretch night() {
        Stretch known = night;
        if (known == null) {
            Habits habits = routine.habits();
            known = happens(CHARGES, habits.chargeShare())
                    ? stretch(NIGHT, habits.chargeAtHour() + routine.shiftHours(), 1, habits.chargeForHours(), 1)
                    : Stretch.NONE;
            night = known;
        }
        return known;
    }

    /** On the charger in the afternoon. */
    Stretch topUp() {
        Stretch known = topUp;
        if (known == null) {
            known = Stretch.NONE;
            if (happens(TOPS_UP, routine.habits().topUpShare())) {
                known = stretch(TOP_UP + 1, 12 + 8 * stream.doubleAt(TOP_UP), 0, 1, 0.3);
            }
            topUp = known;
        }
        return known;
    }

    Stretch sleep() {
        Stretch known = sleep;
        if (known == null) {
            Habits habits = routine.habits();
            known = stretch(SLEEP, habits.sleepAtHour() + routine.shiftHours(), 0.6, habits.sleepForHours(), 0.7);
            sleep = known;
        }
        return known;
    }

    /** Away from the home network. */
    Stretch away() {
        Stretch known = away;
        if (known == null) {
            Habits habits = routine.habits();
            Stretch absence =
                    stretch(AWAY, habits.leaveAtHour() + routine.shiftHours(), 0.5, habits.awayForHours(), 1.2);
            known = happens(GOES, weekend(absence.from()) ? 0.5 : 0.9) ? absence : Stretch.NONE;
            away = known;
        }
        return known;
    }

    boolean charging(long local) {
        return night().contains(local) || topUp().contains(local);
    }

    /** The first moment after {@code local} at which one of its stretches begins or ends, or {@code other} if sooner. */
    long nextEdge(long local, long other) {
        long next = night().nextEdge(local, other);
        next = topUp().nextEdge(local, next);
        next = sleep().nextEdge(local, next);
        return away().nextEdge(local, next);
    }

    private boolean happens(int place, double share) {
        return stream.doubleAt(place) < share;
    }

    /** Around {@code hour} of the clock, wherever in this day that is. */
    private Stretch stretch(int place, double hour, double hourSpread, double hours, double hoursSpread) {
        double afterNoon = wrapped(hour - 12 + hourSpread * Routine.bell(stream, place));
        double lasts = Math.max(
                0.25, Math.min(LONGEST, hours + hoursSpread * Routine.bell(stream, place + Routine.BELL_DRAWS)));
        long from = start() + (long) (afterNoon * HOUR);
        return new Stretch(from, from + (long) (lasts * HOUR));
    }

    private static double wrapped(double hours) {
        double inDay = hours - 24 * Math.floor(hours / 24);
        return inDay < 24 ? inDay : 0;
    }

    /** 1970-01-01 was a Thursday. */
    private static boolean weekend(long local) {
        return Math.floorMod(Math.floorDiv(local, MILLIS) + 3, 7) >= 5;
    }
}
