package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.DailyLife;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.OptingOut;
import dev.starling.fleet.life.Regions;

/** What devices are up to, by the settings of their fleet. */
public final class Lives {

    /** Every device, always. */
    public static final EligibleTime ALWAYS_ELIGIBLE = new EligibleTime(Availability.ALWAYS, Eligibility.ALWAYS);

    private Lives() {}

    /**
     * From settings.
     *
     * @param traced what a trace file says, for fleets that follow one
     */
    public static Availability availability(LifeSettings life, Availability traced, Seeds seeds) {
        Availability availability = Availability.ALWAYS;
        if (life.availability() instanceof AvailabilitySettings.Daily daily) {
            availability = new DailyLife(daily.habits(), new Regions(life.regions(), seeds), seeds);
        } else if (life.availability() instanceof AvailabilitySettings.Traced) {
            availability = traced;
        }
        if (life.optOut().share() > 0) {
            availability = new OptingOut(availability, life.optOut(), seeds);
        }
        return availability;
    }
}
