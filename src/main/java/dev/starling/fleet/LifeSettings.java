package dev.starling.fleet;

import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.Region;
import java.util.List;

/**
 * When the devices of a fleet may work.
 *
 * @param regions at least one
 * @param eligible what must hold when a device is asked, and until it reports
 * @param coolDownSeconds fleet time in which a device that was asked is left alone
 */
public record LifeSettings(
        List<Region> regions,
        AvailabilitySettings availability,
        OptOut optOut,
        Eligibility eligible,
        double coolDownSeconds,
        CheckInSettings checkIn) {

    /** Always. */
    public static final LifeSettings ALWAYS = new LifeSettings(
            List.of(Region.UTC),
            new AvailabilitySettings.Always(),
            OptOut.NOBODY,
            Eligibility.ALWAYS,
            0,
            CheckInSettings.NONE);

    public LifeSettings {
        regions = List.copyOf(regions);
    }
}
