package dev.starling.fleet.life;

import dev.starling.base.SimTime;

/**
 * A state that holds from the moment asked about.
 *
 * @param until first moment at which the state may be another; later than the moment asked about
 */
public record Spell(DeviceState state, SimTime until) {

    /** No run gets there: 31,000 years on. */
    public static final SimTime NEVER = new SimTime(1_000_000_000_000_000L);
}
