package dev.starling.coordinator;

import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What each device was asked and did so far; devices that were never asked take no space. */
final class FleetLedger {

    /**
     * One device's history.
     *
     * @param last the work that its personal model came from
     */
    record Entry(int asked, int reported, Optional<Work> last) {}

    private static final Entry FRESH = new Entry(0, 0, Optional.empty());

    private final Map<Integer, Entry> entries = new HashMap<>();

    /** How many personal models started from each base version; counted along, as there may be millions of them. */
    private final Map<Integer, Integer> modelsOfVersion = new HashMap<>();

    /** Notes a committed round; {@code rejected} devices reported nothing counted. */
    void note(RoundPlan plan, Function<Assignment, Work> work, Set<Integer> rejected) {
        for (Integer device : plan.asked()) {
            Entry entry = of(device);
            entries.put(device, new Entry(entry.asked() + 1, entry.reported(), entry.last()));
        }
        for (Assignment reporter : plan.reporters()) {
            Entry entry = of(reporter.device());
            if (!rejected.contains(reporter.device())) {
                Work done = work.apply(reporter);
                entries.put(reporter.device(), new Entry(entry.asked(), entry.reported() + 1, Optional.of(done)));
                modelsOfVersion.merge(done.version(), 1, Integer::sum);
                entry.last().ifPresent(before -> forget(before.version()));
            }
        }
    }

    private void forget(int version) {
        modelsOfVersion.computeIfPresent(version, (same, models) -> models == 1 ? null : models - 1);
    }

    Entry of(int device) {
        return entries.getOrDefault(device, FRESH);
    }

    /** Devices that were ever asked, in order. */
    SortedSet<Integer> devices() {
        return new TreeSet<>(entries.keySet());
    }

    /** Base versions that some personal model started from. */
    Set<Integer> versionsInUse() {
        return Set.copyOf(modelsOfVersion.keySet());
    }
}
