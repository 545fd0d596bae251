package dev.starling.fleet.life;

/**
 * How many owners do not want to take part, and how long they stand by it.
 *
 * @param share of the devices that are opted out at any moment, 0 to 1
 * @param stretchSeconds how long a decision stands, above 0
 */
public record OptOut(double share, double stretchSeconds) {

    public static final OptOut NOBODY = new OptOut(0, 1);
}
