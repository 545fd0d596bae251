package dev.starling.device;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.FederatedData;
import dev.starling.data.ViewSettings;
import dev.starling.data.view.DeviceViews;
import dev.starling.data.view.Surroundings;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.life.Regions;
import dev.starling.scenario.Scenario;
import java.util.Optional;

/**
 * Tells the data room where devices are: in the regions of the fleet, or in regions of the data alone, which lie evenly
 * around the earth and in any of which a device lives.
 */
public final class FleetSurroundings implements Surroundings {

    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MINUTES_PER_HOUR = 60;

    private final Fleet fleet;
    private final Optional<Regions> ofFleet;
    private final int regions;
    private final Seeds seeds;

    private FleetSurroundings(Fleet fleet, Optional<Regions> ofFleet, int regions, Seeds seeds) {
        this.fleet = fleet;
        this.ofFleet = ofFleet;
        this.regions = regions;
        this.seeds = seeds;
    }

    /** What the devices of a scenario see; the same on every node. */
    public static DeviceViews views(Scenario scenario, FederatedData data, Fleet fleet) {
        Seeds seeds = new Seeds(scenario.seed());
        ViewSettings.Region region = scenario.data().views().region();
        Optional<Regions> ofFleet = region.ofFleet()
                ? Optional.of(new Regions(scenario.fleet().life().regions(), seeds))
                : Optional.empty();
        Surroundings surroundings = new FleetSurroundings(fleet, ofFleet, region.count(), seeds);
        return new DeviceViews(
                data, scenario.data().views(), surroundings, scenario.fleet().start(), seeds);
    }

    @Override
    public int region(int device) {
        return ofFleet.map(real -> real.indexOf(device))
                .orElseGet(() -> seeds.of(Purpose.VIEW_REGION, device).nextInt(regions));
    }

    @Override
    public double localHour(int device, SimTime now) {
        double offset = ofFleet.map(real -> real.of(device).utcOffsetMinutes() / MINUTES_PER_HOUR)
                .orElseGet(() -> 24.0 * region(device) / regions);
        double hours = now.epochMillis() / MILLIS_PER_HOUR + offset;
        return hours - 24 * Math.floor(hours / 24);
    }

    @Override
    public String deviceClass(int device) {
        return fleet.profile(device).className();
    }
}
