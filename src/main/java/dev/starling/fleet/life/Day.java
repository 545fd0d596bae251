package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;

/**
 * What one device does in one day, from local noon to noon: nights are then in one piece. All stretches start within
 * the day and last at most {@link #LONGEST} hours, so only two days matter at any moment. Times are local milliseconds
 * since 1970.
 */
record Day(long start, Stretch night, Stretch topUp, Stretch sleep, Stretch away) {

    static final long MILLIS = 86_400_000L;
    static final long HOUR = 3_600_000L;

    private static final double LONGEST = 12;

    /** From {@code from} (included) to {@code to} (excluded); empty if they are equal. */
    record Stretch(long from, long to) {
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

    static Day of(int device, long number, Habits habits, Routine routine, Seeds seeds) {
        Rng rng = seeds.of(Purpose.DAY, device, number);
        long start = number * MILLIS + MILLIS / 2;
        double shift = routine.shiftHours();
        Stretch night = stretch(rng, start, habits.chargeAtHour() + shift, 1, habits.chargeForHours(), 1);
        boolean charges = rng.nextDouble() < habits.chargeShare();
        Stretch topUp = stretch(rng, start, 12 + 8 * rng.nextDouble(), 0, 1, 0.3);
        boolean topsUp = rng.nextDouble() < habits.topUpShare();
        Stretch sleep = stretch(rng, start, habits.sleepAtHour() + shift, 0.6, habits.sleepForHours(), 0.7);
        Stretch away = stretch(rng, start, habits.leaveAtHour() + shift, 0.5, habits.awayForHours(), 1.2);
        boolean goes = rng.nextDouble() < (weekend(away.from()) ? 0.5 : 0.9);
        return new Day(start, only(charges, night), only(topsUp, topUp), sleep, only(goes, away));
    }

    private static Stretch only(boolean happens, Stretch stretch) {
        return happens ? stretch : new Stretch(stretch.from(), stretch.from());
    }

    /** Around {@code hour} of the clock, wherever in this day that is. */
    private static Stretch stretch(
            Rng rng, long start, double hour, double hourSpread, double hours, double hoursSpread) {
        double afterNoon = wrapped(hour - 12 + hourSpread * Routine.bell(rng));
        double lasts = Math.max(0.25, Math.min(LONGEST, hours + hoursSpread * Routine.bell(rng)));
        long from = start + (long) (afterNoon * HOUR);
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
