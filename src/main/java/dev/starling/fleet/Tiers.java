package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.life.Regions;
import java.util.List;

/**
 * Which regions have base models of their own, and how many rounds these take before they become one. A fleet without
 * tiers is a single region whose base becomes the global one after every round.
 */
public final class Tiers {

    private final Regions regions;
    private final int regionalRounds;

    private Tiers(Regions regions, int regionalRounds) {
        this.regions = regions;
        this.regionalRounds = regionalRounds;
    }

    /** The same on every node. */
    public static Tiers of(FleetSettings fleet, RoundSettings rounds, Seeds seeds) {
        return rounds.regionalRounds().isPresent()
                ? new Tiers(
                        new Regions(fleet.life().regions(), seeds),
                        rounds.regionalRounds().getAsInt())
                : new Tiers(new Regions(List.of(Region.UTC), seeds), 1);
    }

    /** How many have a base; they count from 0, in order of their names. */
    public int regions() {
        return regions.count();
    }

    public int regionOf(int device) {
        return regions.indexOf(device);
    }

    /** Rounds from one merge of the regions' bases to the next, at least 1. */
    public int regionalRounds() {
        return regionalRounds;
    }
}
