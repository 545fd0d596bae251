package dev.starling.device;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.FederatedData;
import dev.starling.data.view.DeviceViews;
import dev.starling.data.view.Surroundings;
import dev.starling.fleet.AvailabilitySettings;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.life.Regions;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Tells the data room where devices are. Devices that live by the day see what there is to see where they live: in the
 * regions of their fleet. Others live in regions that lie evenly around the earth.
 */
public final class FleetSurroundings implements Surroundings {

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final Fleet fleet;
    private final IntUnaryOperator regionOfDevice;
    /** Local time − UTC of each region. */
    private final double[] offsetHours;

    private FleetSurroundings(Fleet fleet, IntUnaryOperator regionOfDevice, double[] offsetHours) {
        this.fleet = fleet;
        this.regionOfDevice = regionOfDevice;
        this.offsetHours = offsetHours;
    }

    /** Regions of {@code fleet}'s own. */
    static FleetSurroundings of(Fleet fleet, List<Region> regions, Seeds seeds) {
        double[] hours = regions.stream()
                .mapToDouble(region -> region.utcOffsetMinutes() / 60.0)
                .toArray();
        return new FleetSurroundings(fleet, new Regions(regions, seeds)::indexOf, hours);
    }

    /** {@code count} regions of equal size, evenly around the earth. */
    static FleetSurroundings aroundTheEarth(Fleet fleet, int count, Seeds seeds) {
        double[] hours = new double[count];
        for (int region = 0; region < count; region++) {
            hours[region] = 24.0 * region / count;
        }
        return new FleetSurroundings(
                fleet, device -> seeds.of(Purpose.VIEW_REGION, device).nextInt(count), hours);
    }

    /** What the devices of a scenario see; the same on every node. */
    public static DeviceViews views(Scenario scenario, FederatedData data, Fleet fleet) {
        Seeds seeds = new Seeds(scenario.seed());
        var life = scenario.fleet().life();
        var views = scenario.data().views();
        Surroundings surroundings = life.availability() instanceof AvailabilitySettings.Daily
                ? of(fleet, life.regions(), seeds)
                : aroundTheEarth(fleet, views.region().count(), seeds);
        return new DeviceViews(data, views, surroundings, scenario.fleet().start(), seeds);
    }

    @Override
    public int region(int device) {
        return regionOfDevice.applyAsInt(device);
    }

    @Override
    public double localHour(int device, SimTime now) {
        double hours = now.epochMillis() / MILLIS_PER_HOUR + offsetHours[region(device)];
        return hours - 24 * Math.floor(hours / 24);
    }

    @Override
    public String deviceClass(int device) {
        return fleet.profile(device).className();
    }
}
