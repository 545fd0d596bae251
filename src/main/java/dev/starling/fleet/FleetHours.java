package dev.starling.fleet;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.metrics.FleetHour;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The fleet hour by hour: how many devices could work and how many did. Of fleets above {@value #SAMPLE} devices the same
 * keyed sample of so many is asked every hour and its figure scaled up: for a tenth of a million eligible that is right
 * to about 3 %.
 */
public final class FleetHours {

    static final int SAMPLE = 10_000;

    private static final long HOUR = 3_600_000L;
    /** Longer rounds leave a gap in the record rather than fill a disk. */
    private static final int MOST_AT_ONCE = 1_000;

    private final int devices;
    private final Askable askable;
    private final KeyedPermutation order;
    private final TreeMap<Long, Long> workedMillis = new TreeMap<>();

    /** Work that goes on at {@link #lived}, as far as it is known. */
    private final List<Stint> goesOn = new ArrayList<>();

    /** Work up to here is in {@link #workedMillis}. */
    private SimTime lived;

    /** Up to here hours were given. */
    private SimTime given;

    public FleetHours(FleetSettings fleet, Askable askable, Seeds seeds) {
        this.devices = fleet.devices();
        this.askable = askable;
        this.order = new KeyedPermutation(devices, seeds.of(Purpose.FLEET_SAMPLE));
        this.lived = fleet.start();
        this.given = fleet.start();
    }

    /** Devices that could work at {@code moment}: counted if the fleet is small, else estimated. */
    public long eligible(SimTime moment) {
        int asked = Math.min(devices, SAMPLE);
        long eligible = 0;
        for (int i = 0; i < asked; i++) {
            eligible += askable.checksIn(order.at(i), moment) ? 1 : 0;
        }
        return Math.round((double) eligible * devices / asked);
    }

    /** Whether {@link #eligible} estimates. */
    public boolean sampled() {
        return devices > SAMPLE;
    }

    /** Adds the work of a round, which begins no earlier than the round before closed. */
    public void note(RoundPlan plan) {
        goesOn.addAll(plan.stints());
        live(plan.closes());
    }

    /** Nobody goes on with work that has not ended yet. */
    public void giveUp() {
        goesOn.clear();
    }

    /** Counts the work up to {@code until}; what goes on beyond is counted as far as the fleet lives to see it. */
    private void live(SimTime until) {
        for (Stint stint : goesOn) {
            long from = stint.from().later(lived).epochMillis();
            long to = stint.to().earlier(until).epochMillis();
            if (to <= from) {
                continue;
            }
            long first = Math.max(hourOf(from), hourOf(until.epochMillis()) - MOST_AT_ONCE);
            for (long hour = first; hour * HOUR < to; hour++) {
                long worked = Math.min(to, (hour + 1) * HOUR) - Math.max(from, hour * HOUR);
                workedMillis.merge(hour, worked, Long::sum);
            }
        }
        goesOn.removeIf(stint -> stint.to().compareTo(until) <= 0);
        lived = lived.later(until);
    }

    /** The hours that are over at {@code now} and were not given before; work noted later cannot be in them. */
    public List<FleetHour> over(SimTime now) {
        return upTo(new SimTime(hourOf(now.epochMillis()) * HOUR), now);
    }

    /** The same, and what there was of the hour of {@code now}: the run ends. */
    public List<FleetHour> last(SimTime now) {
        return upTo(now, now);
    }

    private List<FleetHour> upTo(SimTime end, SimTime now) {
        live(now);
        List<FleetHour> hours = new ArrayList<>();
        long first = Math.max(hourOf(given.epochMillis()), hourOf(end.epochMillis()) - MOST_AT_ONCE);
        for (long hour = first; hour * HOUR < end.epochMillis(); hour++) {
            SimTime start = new SimTime(hour * HOUR);
            SimTime from = start.later(given);
            long covered = start.plusMillis(HOUR).earlier(end).millisSince(from);
            if (covered <= 0) {
                continue;
            }
            double working = (double) workedMillis.getOrDefault(hour, 0L) / covered;
            hours.add(
                    new FleetHour(start, covered / 1000.0, eligible(from.plusMillis(covered / 2)), sampled(), working));
        }
        given = given.later(end);
        workedMillis.headMap(hourOf(given.epochMillis())).clear();
        return hours;
    }

    private static long hourOf(long millis) {
        return Math.floorDiv(millis, HOUR);
    }
}
