package dev.starling.data.view;

import dev.starling.base.SimTime;
import org.jspecify.annotations.Nullable;

/** One way in which what devices see differs from what is there. */
interface Bias {

    /** As people call it, and as results do. */
    String name();

    /** How {@code device} sees at {@code now}: a pure function; null if it sees what is there. */
    @Nullable
    Lens lens(int device, SimTime now);
}
