package dev.starling.fleet;

import dev.starling.fleet.life.Habits;
import java.nio.file.Path;

/** Where the times come from at which devices are idle, charging and on an unmetered network. */
public sealed interface AvailabilitySettings {

    /** Every device is ready all the time. */
    record Always() implements AvailabilitySettings {}

    /** From how people live with their phones. */
    record Daily(Habits habits) implements AvailabilitySettings {}

    /** Recorded: a file in CSV or JSON, dealt out to the fleet in turn and repeated from its start when it ends. */
    record Traced(Path file) implements AvailabilitySettings {}
}
