package dev.starling.fleet;

/**
 * What work takes out of a phone.
 *
 * @param batteryJoules capacity: 4,000 mAh at 3.85 V are 55,000 J
 * @param computeWatts drawn while training, beyond what an idle phone draws
 * @param radioWatts drawn while sending or receiving
 */
public record Power(double batteryJoules, double computeWatts, double radioWatts) {

    /** A mid-range phone. */
    public static final Power USUAL = new Power(50_000, 4, 1.5);
}
