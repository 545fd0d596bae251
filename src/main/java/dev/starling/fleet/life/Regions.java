package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import java.util.List;

/** Which device lives in which region: keyed by device, so the same on every node. */
public final class Regions {

    private final List<Region> regions;
    private final Seeds seeds;

    public Regions(List<Region> regions, Seeds seeds) {
        this.regions = List.copyOf(regions);
        this.seeds = seeds;
    }

    public Region of(int device) {
        if (regions.size() == 1) {
            return regions.get(0);
        }
        double position = seeds.of(Purpose.REGION, device).nextDouble();
        double end = 0;
        for (Region region : regions) {
            end += region.share();
            if (position < end) {
                return region;
            }
        }
        // Shares such as 0.1 + 0.2 + 0.7 may add up to a little less than 1.
        return regions.get(regions.size() - 1);
    }
}
