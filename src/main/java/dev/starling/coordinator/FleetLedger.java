package dev.starling.coordinator;

import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.Stint;
import dev.starling.metrics.Spending;
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
     * @param spent by all its work
     * @param wasted part of that by work that came too late or to no end
     */
    record Entry(int asked, int reported, Optional<Work> last, Spending spent, Spending wasted) {

        private static final Entry FRESH = new Entry(0, 0, Optional.empty(), Spending.NOTHING, Spending.NOTHING);

        private Entry askedAgain() {
            return new Entry(asked + 1, reported, last, spent, wasted);
        }

        private Entry reported(Work work) {
            return new Entry(asked, reported + 1, Optional.of(work), spent, wasted);
        }

        private Entry spent(Spending more) {
            return new Entry(asked, reported, last, spent.plus(more), wasted);
        }

        private Entry wasted(Spending more) {
            return new Entry(asked, reported, last, spent, wasted.plus(more));
        }
    }

    private final Map<Integer, Entry> entries = new HashMap<>();

    /** How many personal models started from each base version; counted along, as there may be millions of them. */
    private final Map<Integer, Integer> modelsOfVersion = new HashMap<>();

    /** Notes a committed round; {@code rejected} devices reported nothing counted. */
    void note(RoundPlan plan, Function<Assignment, Work> work, Set<Integer> rejected) {
        for (Integer device : plan.asked()) {
            entries.put(device, of(device).askedAgain());
        }
        for (Stint stint : plan.stints()) {
            entries.put(stint.device(), of(stint.device()).spent(stint.spent()));
        }
        for (Stint stint : plan.wasted().stints()) {
            entries.put(stint.device(), of(stint.device()).wasted(stint.spent()));
        }
        for (Assignment reporter : plan.reporters()) {
            if (!rejected.contains(reporter.device())) {
                Entry before = of(reporter.device());
                Work done = work.apply(reporter);
                entries.put(reporter.device(), before.reported(done));
                modelsOfVersion.merge(done.version(), 1, Integer::sum);
                before.last().ifPresent(last -> forget(last.version()));
            }
        }
    }

    private void forget(int version) {
        modelsOfVersion.computeIfPresent(version, (same, models) -> models == 1 ? null : models - 1);
    }

    Entry of(int device) {
        return entries.getOrDefault(device, Entry.FRESH);
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
