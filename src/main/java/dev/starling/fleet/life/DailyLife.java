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
 * <p>Each moment is computed from the streams of at most three days of that device: a tenth of a microsecond for the
 * first condition, half of one for all, and nothing stored. The battery is followed from two noons back, where it is
 * taken as full: a phone that was not charged for two days is shown as if its owner had charged it then.
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
    public Circumstances now(int device, SimTime moment) {
        return new Moment(device, moment);
    }

    @Override
    public Spell at(int device, SimTime moment) {
        return new Moment(device, moment).spell();
    }

    /** One device at one moment. */
    private final class Moment implements Circumstances {

        private final int device;
        private final Routine routine;
        private final long local;
        private final Day yesterday;
        private final Day today;

        Moment(int device, SimTime moment) {
            this.device = device;
            this.routine = Routine.of(device, habits, regions.of(device), seeds);
            this.local = moment.epochMillis() + routine.utcOffsetMillis();
            long number = Day.numberAt(local);
            this.yesterday = new Day(number - 1, routine);
            this.today = new Day(number, routine);
        }

        @Override
        public boolean online() {
            return true;
        }

        @Override
        public boolean idle() {
            return asleep() || seeds.of(Purpose.DAY, device, slot(), 1).nextDouble() < habits.idleShare();
        }

        private boolean asleep() {
            return yesterday.sleep().contains(local) || today.sleep().contains(local);
        }

        private long slot() {
            return Math.floorDiv(local, SLOT);
        }

        @Override
        public boolean charging() {
            return yesterday.charging(local) || today.charging(local);
        }

        @Override
        public boolean unmetered() {
            boolean away = yesterday.away().contains(local) || today.away().contains(local);
            return away ? routine.awayWifi() : routine.homeWifi();
        }

        @Override
        public boolean optedOut() {
            return false;
        }

        @Override
        public double battery() {
            return shown(level(routine.drainPerHour()));
        }

        Spell spell() {
            double drainPerHour = routine.drainPerHour();
            double level = level(drainPerHour);
            boolean charging = charging();
            DeviceState state = new DeviceState(true, idle(), charging, unmetered(), false, shown(level));
            long until = today.nextEdge(local, yesterday.nextEdge(local, today.start() + Day.MILLIS));
            until = Math.min(until, batteryStep(drainPerHour, charging, level));
            if (!asleep()) {
                until = Math.min(until, (slot() + 1) * SLOT);
            }
            return new Spell(state, new SimTime(Math.max(local + 1, until) - routine.utcOffsetMillis()));
        }

        /** When the battery shows another percent. */
        private long batteryStep(double drainPerHour, boolean charging, double level) {
            double shown = shown(level);
            double hours =
                    charging ? (shown + 1 / PERCENTS - level) / CHARGED_PER_HOUR : (level - shown) / drainPerHour;
            boolean still = charging ? level >= 1 : level <= EMPTIEST || !(drainPerHour > 0);
            return still ? Long.MAX_VALUE : local + 1 + (long) (hours * Day.HOUR);
        }

        private double level(double drainPerHour) {
            Day before = new Day(Day.numberAt(local) - 2, routine);
            double level = 1;
            long cursor = before.start();
            for (Day day : new Day[] {before, yesterday, today}) {
                boolean topUpFirst = day.topUp().from() <= day.night().from();
                for (Stretch charge : topUpFirst
                        ? new Stretch[] {day.topUp(), day.night()}
                        : new Stretch[] {day.night(), day.topUp()}) {
                    if (charge.from() >= local || charge.from() == charge.to()) {
                        continue;
                    }
                    if (charge.from() > cursor) {
                        level = drained(drainPerHour, level, charge.from() - cursor);
                        cursor = charge.from();
                    }
                    long until = Math.min(charge.to(), local);
                    if (until > cursor) {
                        level = Math.min(1, level + CHARGED_PER_HOUR * (until - cursor) / Day.HOUR);
                        cursor = until;
                    }
                }
            }
            return local > cursor ? drained(drainPerHour, level, local - cursor) : level;
        }
    }

    private static double shown(double level) {
        return Math.floor(level * PERCENTS) / PERCENTS;
    }

    private static double drained(double drainPerHour, double level, long millis) {
        return Math.max(EMPTIEST, level - drainPerHour * millis / Day.HOUR);
    }
}
