package dev.starling.fleet;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.CapacityFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All devices of a scenario. Profiles are computed on demand, so that a million phones cost nothing to have. */
public final class Fleet {

    private static final int COUNTED = 2_000_000;

    private final FleetSettings settings;
    private final Seeds seeds;
    private final Optional<Capacities> capacities;

    /** As fast as its classes say, also where the settings have capacities: enough to know who is of which class. */
    public Fleet(FleetSettings settings, Seeds seeds) {
        this(settings, Optional.empty(), seeds);
    }

    /**
     * As fast as its settings say; reads their table of capacities, if they have one.
     *
     * @param flopsPerExample of training the scenario's model
     * @throws dev.starling.base.InputException naming what is wrong with that table
     */
    public static Fleet of(FleetSettings settings, double flopsPerExample, Seeds seeds) {
        Optional<Capacities> capacities = settings.capacities()
                .map(table -> new Capacities(CapacityFile.read(table.file()), table.flopsPerSample(), flopsPerExample));
        return new Fleet(settings, capacities, seeds);
    }

    /** Throws IllegalArgumentException without devices or classes. */
    Fleet(FleetSettings settings, Optional<Capacities> capacities, Seeds seeds) {
        if (settings.devices() < 1 || settings.classes().isEmpty()) {
            throw new IllegalArgumentException("a fleet needs devices and device classes, got " + settings);
        }
        this.settings = settings;
        this.seeds = seeds;
        this.capacities = capacities;
    }

    /** How many; ids are 0 … devices−1. */
    public int devices() {
        return settings.devices();
    }

    /** What {@code device} can do: the same at every call, on every node. */
    public DeviceProfile profile(int device) {
        Rng rng = drawsOf(device);
        DeviceClass kind = classAt(rng.nextDouble());
        if (capacities.isPresent()) {
            double bytesPerSecond = capacities.get().bytesPerSecond(device);
            return new DeviceProfile(
                    kind.name(),
                    capacities.get().flopsPerSecond(device),
                    bytesPerSecond,
                    bytesPerSecond,
                    kind.dropOut(),
                    kind.memoryBytes(),
                    kind.power());
        }
        return new DeviceProfile(
                kind.name(),
                kind.flopsPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.downBytesPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.upBytesPerSecond() * rng.nextLogNormal(0, kind.spread()),
                kind.dropOut(),
                kind.memoryBytes(),
                kind.power());
    }

    /** Rows of the table of capacities; 0 if classes say how fast devices are. */
    public int capacities() {
        return capacities.map(Capacities::size).orElse(0);
    }

    /** The class of {@code device}, for less than its whole profile costs. */
    public DeviceClass classOf(int device) {
        List<DeviceClass> classes = settings.classes();
        return classes.size() == 1 ? classes.get(0) : classAt(drawsOf(device).nextDouble());
    }

    /** Whether every class can hold {@code bytes} of model and batch. */
    public boolean allHold(double bytes) {
        return settings.classes().stream().allMatch(kind -> kind.memoryBytes() >= bytes);
    }

    /** How many devices cannot hold {@code bytes}: counted up to two million devices, beyond by shares of classes. */
    public long tooSmall(double bytes) {
        if (allHold(bytes)) {
            return 0;
        }
        if (settings.devices() <= COUNTED) {
            return IntStream.range(0, settings.devices())
                    .filter(device -> classOf(device).memoryBytes() < bytes)
                    .count();
        }
        double share = settings.classes().stream()
                .filter(kind -> kind.memoryBytes() < bytes)
                .mapToDouble(DeviceClass::share)
                .sum();
        return Math.round(share * settings.devices());
    }

    private Rng drawsOf(int device) {
        if (device < 0 || device >= settings.devices()) {
            throw new IllegalArgumentException("device must be 0 to " + (settings.devices() - 1) + ", got " + device);
        }
        return seeds.of(Purpose.DEVICE_PROFILE, device);
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
