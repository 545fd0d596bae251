package dev.starling.fleet.selection;

import dev.starling.base.Seeds;
import dev.starling.fleet.ExampleCounts;
import java.util.function.IntToDoubleFunction;

/** Strategies by their settings. */
public final class Selections {

    /** Ids that round robin tries at most, times the devices wanted. */
    private static final int PATIENCE = 200;

    private Selections() {}

    /**
     * The strategy.
     *
     * @param examples training examples of a device
     * @param speed of a device, any unit
     */
    public static Selection of(
            SelectionSettings settings, int devices, ExampleCounts examples, IntToDoubleFunction speed, Seeds seeds) {
        return switch (settings.kind()) {
            case UNIFORM -> new Uniform();
            case BY_SIZE -> new BySize(settings.pool(), examples, seeds);
            case LEAST_RECENTLY_USED -> new LeastRecentlyUsed(settings.pool());
            case ROUND_ROBIN -> new RoundRobin(devices, PATIENCE);
            case POWER_OF_CHOICE -> new PowerOfChoice(settings.pool(), examples, seeds);
            case OORT -> new Oort(settings.oort(), settings.pool(), examples, speed, seeds);
        };
    }
}
