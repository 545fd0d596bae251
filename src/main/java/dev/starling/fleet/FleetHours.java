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
    private long nextHour;

    public FleetHours(FleetSettings fleet, Askable askable, Seeds seeds) {
        this.devices = fleet.devices();
        this.askable = askable;
        this.order = new KeyedPermutation(devices, seeds.of(Purpose.FLEET_SAMPLE));
        this.nextHour = Math.floorDiv(fleet.start().epochMillis(), HOUR);
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

    /** Adds the work of a round. */
    public void note(RoundPlan plan) {
        for (Stint stint : plan.stints()) {
            long from = stint.from().epochMillis();
            long to = Math.min(stint.to().epochMillis(), from + MOST_AT_ONCE * HOUR);
            for (long hour = Math.floorDiv(from, HOUR); hour * HOUR < to; hour++) {
                long worked = Math.min(to, (hour + 1) * HOUR) - Math.max(from, hour * HOUR);
                workedMillis.merge(hour, worked, Long::sum);
            }
        }
    }

    /**
     * The hours that are over at {@code now} and were not given before; work noted later cannot be in them.
     *
     * @param andRunning whether the hour of {@code now} is given too: nothing will follow
     */
    public List<FleetHour> over(SimTime now, boolean andRunning) {
        long end = Math.floorDiv(now.epochMillis(), HOUR) + (andRunning ? 1 : 0);
        List<FleetHour> hours = new ArrayList<>();
        for (long hour = Math.max(nextHour, end - MOST_AT_ONCE); hour < end; hour++) {
            SimTime start = new SimTime(hour * HOUR);
            double working = (double) workedMillis.getOrDefault(hour, 0L) / HOUR;
            hours.add(new FleetHour(start, eligible(start.plusMillis(HOUR / 2)), sampled(), working));
        }
        workedMillis.headMap(end).clear();
        nextHour = Math.max(nextHour, end);
        return hours;
    }
}
