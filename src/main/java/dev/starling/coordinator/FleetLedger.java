package dev.starling.coordinator;

import dev.starling.device.Lineage;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.Stint;
import dev.starling.metrics.Spending;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What each device was asked and did so far; devices that were never asked take no space. */
final class FleetLedger {

    /** What came of a device's last work. */
    enum Outcome {
        COUNTED,
        DIVERGED,
        /** It counted for nothing, for another reason. */
        REJECTED
    }

    /**
     * One device's history.
     *
     * @param lineage the works that its personal model came from
     * @param last what came of its last work
     * @param spent by all its work that has ended
     * @param wasted part of that by work that came too late or to no end
     */
    record Entry(int asked, int reported, Lineage lineage, Outcome last, Spending spent, Spending wasted) {

        private static final Entry FRESH =
                new Entry(0, 0, Lineage.NONE, Outcome.COUNTED, Spending.NOTHING, Spending.NOTHING);

        private Entry askedAgain() {
            return new Entry(asked + 1, reported, lineage, last, spent, wasted);
        }

        private Entry reported(Lineage longer) {
            return new Entry(asked, reported + 1, longer, Outcome.COUNTED, spent, wasted);
        }

        private Entry refused(Outcome why) {
            return new Entry(asked, reported, lineage, why, spent, wasted);
        }

        private Entry spent(Spending more) {
            return new Entry(asked, reported, lineage, last, spent.plus(more), wasted);
        }

        private Entry wasted(Spending more) {
            return new Entry(asked, reported, lineage, last, spent, wasted.plus(more));
        }
    }

    private final Map<Integer, Entry> entries = new HashMap<>();
    private Map<Integer, Spending> underWay = Map.of();

    /** How many personal models depend on each base version; counted along, as there may be millions of them. */
    private final Map<Integer, Integer> modelsOfVersion = new HashMap<>();

    /** Notes a committed round; nothing of {@code rejected} devices counted, of some because they diverged. */
    void note(RoundPlan plan, Function<Assignment, Lineage> lineage, Set<Integer> rejected, Set<Integer> diverged) {
        for (Integer device : plan.asked()) {
            entries.put(device, of(device).askedAgain());
        }
        for (Stint stint : plan.ended()) {
            entries.put(stint.device(), of(stint.device()).spent(stint.spent()));
        }
        for (Stint stint : plan.wasted().stints()) {
            entries.put(stint.device(), of(stint.device()).wasted(stint.spent()));
        }
        for (Assignment reporter : plan.reporters()) {
            Entry before = of(reporter.device());
            if (rejected.contains(reporter.device())) {
                Outcome why = diverged.contains(reporter.device()) ? Outcome.DIVERGED : Outcome.REJECTED;
                entries.put(reporter.device(), before.refused(why));
            } else {
                Lineage after = lineage.apply(reporter);
                entries.put(reporter.device(), before.reported(after));
                after.versions().forEach(version -> modelsOfVersion.merge(version, 1, Integer::sum));
                before.lineage().versions().forEach(this::forget);
            }
        }
    }

    /**
     * Notes what asynchronous work that goes on has taken of its devices so far, in place of what was noted before; other
     * rounds leave that as it is.
     */
    void noteUnderWay(RoundPlan plan, boolean asynchronous) {
        if (asynchronous) {
            underWay = plan.underWay();
        }
    }

    /** What the device's work has taken that had not ended when the last asynchronous update was made. */
    Spending underWay(int device) {
        return underWay.getOrDefault(device, Spending.NOTHING);
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

    /** Base versions that some personal model depends on. */
    Set<Integer> versionsInUse() {
        return Set.copyOf(modelsOfVersion.keySet());
    }
}
