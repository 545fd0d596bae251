package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.life.Day.Stretch;

/**
 * Phones that follow their owners' days: plugged in at night, at home on Wi-Fi, idle while people sleep. The daily wave
 * that this gives is what Bonawitz et al., "Towards federated learning at scale", MLSys 2019, figure 5, and Yang et al.,
 * "Applied federated learning", 2018, figure 2, show of real fleets; the figures of {@link Habits} are ours.
 *
 * <p>Each moment is computed from the streams of at most three days of that device: under a microsecond, and nothing
 * stored. The battery is followed from two noons back, where it is taken as full: a phone that was not charged for two
 * days is shown as if its owner had charged it then.
 */
public final class DailyLife implements Availability {

    /** Waking time is idle or not in slots of this length. */
    private static final long SLOT = 20 * 60_000L;

    private static final double CHARGED_PER_HOUR = 0.5;
    private static final double EMPTIEST = 0.01;
    private static final double PERCENTS = 100;

    private final Habits habits;
    private final Regions regions;
    private final Seeds seeds;

    public DailyLife(Habits habits, Regions regions, Seeds seeds) {
        this.habits = habits;
        this.regions = regions;
        this.seeds = seeds;
    }

    @Override
    public Spell at(int device, SimTime moment) {
        Routine routine = Routine.of(device, habits, regions.of(device), seeds);
        long local = moment.epochMillis() + routine.utcOffsetMillis();
        long number = Day.numberAt(local);
        Day before = Day.of(device, number - 2, habits, routine, seeds);
        Day yesterday = Day.of(device, number - 1, habits, routine, seeds);
        Day today = Day.of(device, number, habits, routine, seeds);
        boolean asleep = yesterday.sleep().contains(local) || today.sleep().contains(local);
        long slot = Math.floorDiv(local, SLOT);
        boolean idle = asleep || seeds.of(Purpose.DAY, device, slot, 1).nextDouble() < habits.idleShare();
        boolean away = yesterday.away().contains(local) || today.away().contains(local);
        boolean charging = charging(yesterday, local) || charging(today, local);
        double battery = battery(routine, local, before, yesterday, today);
        DeviceState state = new DeviceState(
                true,
                idle,
                charging,
                away ? routine.awayWifi() : routine.homeWifi(),
                false,
                Math.floor(battery * PERCENTS) / PERCENTS);
        long until = Math.min(nextNoonOrEdge(yesterday, today, local), batteryStep(routine, local, charging, battery));
        if (!asleep) {
            until = Math.min(until, (slot + 1) * SLOT);
        }
        return new Spell(state, new SimTime(Math.max(local + 1, until) - routine.utcOffsetMillis()));
    }

    private static boolean charging(Day day, long local) {
        return day.night().contains(local) || day.topUp().contains(local);
    }

    private static long nextNoonOrEdge(Day yesterday, Day today, long local) {
        long next = today.start() + Day.MILLIS;
        for (Day day : new Day[] {yesterday, today}) {
            next = day.night().nextEdge(local, next);
            next = day.topUp().nextEdge(local, next);
            next = day.sleep().nextEdge(local, next);
            next = day.away().nextEdge(local, next);
        }
        return next;
    }

    /** When the battery shows another percent. */
    private static long batteryStep(Routine routine, long local, boolean charging, double battery) {
        double shown = Math.floor(battery * PERCENTS) / PERCENTS;
        double hours = charging
                ? (shown + 1 / PERCENTS - battery) / CHARGED_PER_HOUR
                : (battery - shown) / routine.drainPerHour();
        boolean still = charging ? battery >= 1 : battery <= EMPTIEST || !(routine.drainPerHour() > 0);
        return still ? Long.MAX_VALUE : local + 1 + (long) (hours * Day.HOUR);
    }

    private static double battery(Routine routine, long local, Day... days) {
        double level = 1;
        long cursor = days[0].start();
        for (Day day : days) {
            boolean topUpFirst = day.topUp().from() <= day.night().from();
            for (Stretch charge :
                    topUpFirst ? new Stretch[] {day.topUp(), day.night()} : new Stretch[] {day.night(), day.topUp()}) {
                if (charge.from() >= local || charge.from() == charge.to()) {
                    continue;
                }
                if (charge.from() > cursor) {
                    level = drained(routine, level, charge.from() - cursor);
                    cursor = charge.from();
                }
                long until = Math.min(charge.to(), local);
                if (until > cursor) {
                    level = Math.min(1, level + CHARGED_PER_HOUR * (until - cursor) / Day.HOUR);
                    cursor = until;
                }
            }
        }
        return local > cursor ? drained(routine, level, local - cursor) : level;
    }

    private static double drained(Routine routine, double level, long millis) {
        return Math.max(EMPTIEST, level - routine.drainPerHour() * millis / Day.HOUR);
    }
}
