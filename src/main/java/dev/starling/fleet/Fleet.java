package dev.starling.fleet;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.util.List;

/** All devices of a scenario. Profiles are computed on demand, so that a million phones cost nothing to have. */
public final class Fleet {

    private final FleetSettings settings;
    private final Seeds seeds;

    /** Throws IllegalArgumentException without devices or classes. */
    public Fleet(FleetSettings settings, Seeds seeds) {
        if (settings.devices() < 1 || settings.classes().isEmpty()) {
            throw new IllegalArgumentException("a fleet needs devices and device classes, got " + settings);
        }
        this.settings = settings;
        this.seeds = seeds;
    }

    /** How many; ids are 0 … devices−1. */
    public int devices() {
        return settings.devices();
    }

    /** What {@code device} can do: the same at every call, on every node. */
    public DeviceProfile profile(int device) {
        if (device < 0 || device >= settings.devices()) {
            throw new IllegalArgumentException("device must be 0 to " + (settings.devices() - 1) + ", got " + device);
        }
        Rng rng = seeds.of(Purpose.DEVICE_PROFILE, device);
        DeviceClass kind = classAt(rng.nextDouble());
        return new DeviceProfile(
                kind.name(),
                kind.flopsPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.downBytesPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.upBytesPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.dropOut());
    }

    /** The class in whose stretch of the stacked shares {@code position} (0 to below 1) lies. */
    private DeviceClass classAt(double position) {
        List<DeviceClass> classes = settings.classes();
        double end = 0;
        for (DeviceClass kind : classes) {
            end += kind.share();
            if (position < end) {
                return kind;
            }
        }
        // Shares such as 0.1 + 0.2 + 0.7 may add up to a little less than 1.
        return classes.get(classes.size() - 1);
    }
}
