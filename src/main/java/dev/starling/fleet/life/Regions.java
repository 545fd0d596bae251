package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import java.util.List;

/** Which device lives in which region: keyed by device, so the same on every node. */
public final class Regions {

    private final List<Region> regions;
    /** Where in 0 to 1 the share of each region ends, all laid end to end. */
    private final double[] ends;

    private final Seeds seeds;

    /** Throws IllegalArgumentException without regions. */
    public Regions(List<Region> regions, Seeds seeds) {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("a fleet needs at least one region");
        }
        this.regions = List.copyOf(regions);
        this.ends = new double[regions.size()];
        double end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += regions.get(i).share();
            ends[i] = end;
        }
        this.seeds = seeds;
    }

    public Region of(int device) {
        return regions.get(indexOf(device));
    }

    /** How many. */
    public int count() {
        return ends.length;
    }

    /** Place of its region in the list of all. */
    public int indexOf(int device) {
        if (ends.length == 1) {
            return 0;
        }
        double position = seeds.of(Purpose.REGION, device).nextDouble();
        // Shares such as 0.1 + 0.2 + 0.7 may add up to a little less than 1: the last region takes what is left.
        int index = 0;
        while (index < ends.length - 1 && position >= ends[index]) {
            index++;
        }
        return index;
    }
}
