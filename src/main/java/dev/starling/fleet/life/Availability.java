package dev.starling.fleet.life;

import dev.starling.base.SimTime;

/** What devices are up to, over fleet time. Pure: the same question gets the same answer, whoever asks it when. */
@FunctionalInterface
public interface Availability {

    /** Every device is ready all the time. */
    Availability ALWAYS = (device, moment) -> new Spell(DeviceState.READY, Spell.NEVER);

    /** The state of {@code device} at {@code moment}, and how long it lasts at least. */
    Spell at(int device, SimTime moment);
}
