package dev.starling.fleet.life;

import dev.starling.base.SimTime;

/** What devices are up to, over fleet time. Pure: the same question gets the same answer, whoever asks it when. */
@FunctionalInterface
public interface Availability {

    /** Every device is ready all the time. */
    Availability ALWAYS = (device, moment) -> new Spell(DeviceState.READY, Spell.NEVER);

    /** The state of {@code device} at {@code moment}, and how long it lasts at least. */
    Spell at(int device, SimTime moment);

    /** The same state, for whoever does not ask how long it lasts and perhaps not about all of it. */
    default Circumstances now(int device, SimTime moment) {
        return at(device, moment).state();
    }
}
