package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;

/**
 * Owners change their minds: time falls into stretches, cut differently for each device, and for each stretch a device
 * is opted out with the same probability, independently of the others.
 *
 * @param share of the devices that are opted out at any moment, 0 to 1
 * @param stretchSeconds how long a decision stands, above 0
 */
public record OptOut(double share, double stretchSeconds) {

    public static final OptOut NOBODY = new OptOut(0, 1);

    /** Whether somebody opted out, and until when that stands. */
    record Decision(boolean out, long untilMillis) {}

    Decision at(int device, SimTime moment, Seeds seeds) {
        if (share <= 0) {
            return new Decision(false, Spell.NEVER.epochMillis());
        }
        long length = Math.max(1, Math.round(stretchSeconds * 1000));
        long phase = (long) (seeds.of(Purpose.OPT_OUT, device).nextDouble() * length);
        long stretch = Math.floorDiv(moment.epochMillis() + phase, length);
        boolean out = seeds.of(Purpose.OPT_OUT, device, stretch).nextDouble() < share;
        return new Decision(out, (stretch + 1) * length - phase);
    }
}
