package dev.starling.device;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.FederatedData;
import dev.starling.data.view.DeviceViews;
import dev.starling.data.view.Surroundings;
import dev.starling.fleet.Fleet;
import dev.starling.scenario.Scenario;

/** Tells the data room where devices are: regions lie evenly around the earth, and a device lives in any of them. */
public final class FleetSurroundings implements Surroundings {

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final Fleet fleet;
    private final int regions;
    private final Seeds seeds;

    FleetSurroundings(Fleet fleet, int regions, Seeds seeds) {
        this.fleet = fleet;
        this.regions = regions;
        this.seeds = seeds;
    }

    /** What the devices of a scenario see; the same on every node. */
    public static DeviceViews views(Scenario scenario, FederatedData data, Fleet fleet) {
        Seeds seeds = new Seeds(scenario.seed());
        Surroundings surroundings =
                new FleetSurroundings(fleet, scenario.data().views().region().count(), seeds);
        return new DeviceViews(
                data, scenario.data().views(), surroundings, scenario.fleet().start(), seeds);
    }

    @Override
    public int region(int device) {
        return seeds.of(Purpose.VIEW_REGION, device).nextInt(regions);
    }

    @Override
    public double localHour(int device, SimTime now) {
        double hours = now.epochMillis() / MILLIS_PER_HOUR + 24.0 * region(device) / regions;
        return hours - 24 * Math.floor(hours / 24);
    }

    @Override
    public String deviceClass(int device) {
        return fleet.profile(device).className();
    }
}
