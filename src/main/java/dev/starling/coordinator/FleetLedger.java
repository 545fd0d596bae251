package dev.starling.coordinator;

import dev.starling.device.Lineage;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each device was asked and did so far; devices that were never asked take no space. */
final class FleetLedger {

    /**
     * One device's history.
     *
     * @param lineage the works that its personal model came from
     * @param rejected whether its last work counted for nothing, for example because it diverged
     */
    record Entry(int asked, int reported, Lineage lineage, boolean rejected) {}

    private static final Entry FRESH = new Entry(0, 0, Lineage.NONE, false);

    private final Map<Integer, Entry> entries = new HashMap<>();

    /** Notes a committed round; {@code rejected} devices reported nothing counted. */
    void note(RoundPlan plan, Function<Assignment, Lineage> lineage, Set<Integer> rejected) {
        for (Integer device : plan.asked()) {
            Entry entry = of(device);
            entries.put(device, new Entry(entry.asked() + 1, entry.reported(), entry.lineage(), entry.rejected()));
        }
        for (Assignment reporter : plan.reporters()) {
            Entry entry = of(reporter.device());
            boolean counts = !rejected.contains(reporter.device());
            entries.put(
                    reporter.device(),
                    counts
                            ? new Entry(entry.asked(), entry.reported() + 1, lineage.apply(reporter), false)
                            : new Entry(entry.asked(), entry.reported(), entry.lineage(), true));
        }
    }

    Entry of(int device) {
        return entries.getOrDefault(device, FRESH);
    }

    /** Devices that were ever asked, in order. */
    SortedSet<Integer> devices() {
        return new TreeSet<>(entries.keySet());
    }

    /** Base versions that some personal model depends on. */
    Set<Integer> versionsInUse() {
        return entries.values().stream()
                .flatMap(entry -> entry.lineage().versions().stream())
                .collect(Collectors.toSet());
    }
}
