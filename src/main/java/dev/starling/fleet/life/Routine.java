package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;

/** What is the same about one device every day: its owner's clock, networks, and how fast its battery empties. */
record Routine(long utcOffsetMillis, double shiftHours, boolean homeWifi, boolean awayWifi, double drainPerHour) {

    /** People differ from each other by about an hour and a half. */
    private static final double SHIFT_HOURS = 1.5;

    private static final double DRAIN_SPREAD = 0.35;

    static Routine of(int device, Habits habits, Region region, Seeds seeds) {
        Rng rng = seeds.of(Purpose.HABITS, device);
        double shift = SHIFT_HOURS * bell(rng);
        boolean homeWifi = rng.nextDouble() < habits.homeWifiShare();
        boolean awayWifi = rng.nextDouble() < habits.awayWifiShare();
        double drain = habits.drainPerHour() * (1 + DRAIN_SPREAD * Math.max(-2, bell(rng)));
        return new Routine(region.utcOffsetMinutes() * 60_000L, shift, homeWifi, awayWifi, drain);
    }

    /** Mean 0, deviation 1, within ±3.5: the sum of four uniform numbers is as good as normal here, and cheap. */
    static double bell(Rng rng) {
        double sum = rng.nextDouble() + rng.nextDouble() + rng.nextDouble() + rng.nextDouble();
        return (sum - 2) * 1.7320508075688772;
    }
}
