package dev.starling.fleet.life;

/**
 * A part of the world in which devices live.
 *
 * @param share part of the fleet, above 0; the shares of all regions sum to 1
 * @param utcOffsetMinutes local time − UTC, all year: rules of daylight saving change with every JDK
 */
public record Region(String name, double share, int utcOffsetMinutes) {

    public static final Region UTC = new Region("home", 1, 0);
}
