package dev.starling.fleet.selection;

import dev.starling.base.SimTime;
import java.util.Optional;

/**
 * The devices that a round can ask, one at a time: each can hold the model, is eligible, has cooled down, and comes once.
 * A round looks at as many as it needs.
 */
public interface Candidates {

    /** The next in keyed random order, at the moment at which it can be asked; empty if no more can be had. */
    Optional<Invitation> next();

    /** This very device at {@code moment}; empty if it cannot be asked then, or would have to come by itself. */
    Optional<Invitation> ask(int device, SimTime moment);

    /** Whether this device can still be asked at {@code moment}, after it came. */
    boolean stillThere(int device, SimTime moment);

    /** When the round opens. */
    SimTime opens();
}
