package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.life.Regions;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Which groups of devices have base models of their own, and how many rounds these take before they become one. The
 * groups are regions or hardware classes; here they are called regions either way. A fleet without tiers is a single
 * region whose base becomes the global one after every round.
 */
public final class Tiers {

    private final List<String> names;
    private final IntUnaryOperator regionOf;
    private final int regionalRounds;

    private Tiers(List<String> names, IntUnaryOperator regionOf, int regionalRounds) {
        this.names = List.copyOf(names);
        this.regionOf = regionOf;
        this.regionalRounds = regionalRounds;
    }

    /** The same on every node. */
    public static Tiers of(FleetSettings fleet, RoundSettings rounds, Seeds seeds) {
        if (rounds.tiers().isEmpty()) {
            return new Tiers(List.of(Region.UTC.name()), device -> 0, 1);
        }
        TierSettings tiers = rounds.tiers().get();
        if (tiers.by() == TierSettings.By.CLASS) {
            Fleet devices = new Fleet(fleet, seeds);
            List<String> classes =
                    fleet.classes().stream().map(DeviceClass::name).toList();
            return new Tiers(
                    classes, device -> classes.indexOf(devices.classOf(device).name()), tiers.rounds());
        }
        Regions regions = new Regions(fleet.life().regions(), seeds);
        List<String> names = fleet.life().regions().stream().map(Region::name).toList();
        return new Tiers(names, regions::indexOf, tiers.rounds());
    }

    /** How many have a base; they count from 0, in order of their names. */
    public int regions() {
        return names.size();
    }

    /** What region {@code index} is called. */
    public String name(int index) {
        return names.get(index);
    }

    public int regionOf(int device) {
        return regionOf.applyAsInt(device);
    }

    /** Rounds from one merge of the regions' bases to the next, at least 1. */
    public int regionalRounds() {
        return regionalRounds;
    }

    /** Whether the last round may move bases otherwise than it would if it were not the last: regions merge in it. */
    public boolean lastMerges() {
        return regions() > 1 && !neverMerge();
    }

    /** Whether the regions' bases stay several, to the end and beyond. */
    public boolean neverMerge() {
        return regionalRounds == TierSettings.NEVER;
    }
}
