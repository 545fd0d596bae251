package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;

/**
 * What is the same about one device every day: its owner's clock, networks, and how fast its battery empties. Networks
 * and battery are drawn when they are asked for.
 */
record Routine(int device, long utcOffsetMillis, double shiftHours, Habits habits, Rng stream, Seeds seeds) {

    /** People differ from each other by about an hour and a half. */
    private static final double SHIFT_HOURS = 1.5;

    private static final double DRAIN_SPREAD = 0.35;

    // Places in the device's stream: the shift takes a bell, each network a number, the drain a bell.
    private static final int HOME = Routine.BELL_DRAWS;
    private static final int AWAY = HOME + 1;
    private static final int DRAIN = AWAY + 1;

    /** Numbers that {@link #bell} draws. */
    static final int BELL_DRAWS = 4;

    static Routine of(int device, Habits habits, Region region, Seeds seeds) {
        Rng stream = seeds.of(Purpose.HABITS, device);
        double shift = SHIFT_HOURS * bell(stream, 0);
        return new Routine(device, region.utcOffsetMinutes() * 60_000L, shift, habits, stream, seeds);
    }

    /** The stream of one of its days; only to be looked into, not drawn from. */
    Rng day(long number) {
        return seeds.of(Purpose.DAY, device, number);
    }

    /** Whether there is an unmetered network at home. */
    boolean homeWifi() {
        return stream.doubleAt(HOME) < habits.homeWifiShare();
    }

    /** Whether there is one where its owner goes. */
    boolean awayWifi() {
        return stream.doubleAt(AWAY) < habits.awayWifiShare();
    }

    /** Battery that it loses off the charger, share of its capacity. */
    double drainPerHour() {
        return habits.drainPerHour() * (1 + DRAIN_SPREAD * Math.max(-2, bell(stream, DRAIN)));
    }

    /**
     * Mean 0, deviation 1, within ±3.5: the sum of four uniform numbers is as good as normal here, and cheap.
     *
     * @param place in the stream of the first of the four
     */
    static double bell(Rng stream, int place) {
        double sum = stream.doubleAt(place)
                + stream.doubleAt(place + 1)
                + stream.doubleAt(place + 2)
                + stream.doubleAt(place + 3);
        return (sum - 2) * 1.7320508075688772;
    }
}
