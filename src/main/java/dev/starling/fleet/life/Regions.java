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
        return regions.get(indexOf(device));
    }

    /** How many. */
    public int count() {
        return regions.size();
    }

    /** The place of the device's region among all, from 0. */
    public int indexOf(int device) {
        if (regions.size() == 1) {
            return 0;
        }
        double position = seeds.of(Purpose.REGION, device).nextDouble();
        double end = 0;
        for (int index = 0; index < regions.size(); index++) {
            end += regions.get(index).share();
            if (position < end) {
                return index;
            }
        }
        // Shares such as 0.1 + 0.2 + 0.7 may add up to a little less than 1.
        return regions.size() - 1;
    }
}
