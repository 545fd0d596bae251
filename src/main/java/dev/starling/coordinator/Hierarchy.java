package dev.starling.coordinator;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.algorithm.ServerOptimizer;
import dev.starling.algorithm.Weighing;
import dev.starling.device.BaseModel;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.Tiers;
import dev.starling.fleet.Workload;
import dev.starling.metrics.CloudBytes;
import dev.starling.model.Delta;
import dev.starling.model.PersonalTensors;
import dev.starling.model.RunningStatistics;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The base models of a run and how a round moves them, for as many regions as have one of their own. Training without
 * tiers is one region whose base becomes the global one after every round.
 *
 * <p>Regions average plainly; the server optimizer steps only when they are merged, from the last merged base. Between
 * two merges the global base is the mean of the regions', weighted as a merge would weigh them: nobody trains on it, but
 * it is what the fleet would agree on now. A round in which nothing counts changes nothing, and does not count towards
 * the next merge; the last round merges in any case.
 */
final class Hierarchy {

    private static final ServerOptimizer PLAIN = ServerOptimizer.of(ServerSettings.AVERAGING);

    private final Tiers tiers;
    private final PersonalTensors personalTensors;
    private final RunningStatistics statistics;
    private final Weighing weighing;
    private Bases bases;
    private RegionCounts counts;

    /** @param weighing what a report weighs, the same as in the sums of rounds */
    Hierarchy(Tiers tiers, Weighing weighing, Snapshot first) {
        this.tiers = tiers;
        this.weighing = weighing;
        this.personalTensors = new PersonalTensors(first.layout());
        this.statistics = new RunningStatistics(first.layout());
        this.bases = Bases.same(model(0, first), tiers.regions());
        this.counts = RegionCounts.none(tiers.regions());
    }

    private static BaseModel model(int version, Snapshot weights) {
        return new BaseModel(version, ModelRoot.of(weights), weights);
    }

    Bases bases() {
        return bases;
    }

    int regions() {
        return tiers.regions();
    }

    int regionOf(int device) {
        return tiers.regionOf(device);
    }

    /** The base that {@code device} would be given now: its region's if those stay several, else the global one. */
    int given(int device) {
        return tiers.neverMerge() ? version(device) : bases.global().version();
    }

    /** The regions' bases by name, if they stay several; else none. */
    Map<String, Snapshot> several() {
        Map<String, Snapshot> several = new TreeMap<>();
        for (int region = 0; tiers.neverMerge() && region < tiers.regions(); region++) {
            several.put(tiers.name(region), bases.regional().get(region).weights());
        }
        return several;
    }

    /** Where {@code device} starts now. */
    int version(int device) {
        return bases.regional().get(tiers.regionOf(device)).version();
    }

    /**
     * The bases after a round in which something counted.
     *
     * @param countedShare share of the round's weights that counted, 1 unless deltas were rejected
     * @param last whether it merges in any case
     * @param step what the mean of the sum is multiplied with where tensors are trained: 1, or −η where it is one of
     *     gradients
     */
    Bases next(
            RoundPlan plan, RoundSum sum, double countedShare, double step, ServerOptimizer optimizer, boolean last) {
        List<Long> counted = counted(plan, sum.rejected());
        long planned = total(plan);
        RegionalAveraging averaging =
                new RegionalAveraging(bases, counts, counted, planned, sum.sum().toDelta());
        if (merges(last)) {
            double share = (double) counts.total() / planned + countedShare;
            Delta mean = averaging.sinceMerge(values -> statistics.scale(values, step / share, 1 / share));
            return same(optimizer.step(bases.merged().weights(), personalTensors.without(mean)));
        }
        List<BaseModel> regional = moved(
                counted,
                (region, version) -> model(
                        version,
                        PLAIN.step(
                                bases.regional().get(region).weights(),
                                personalTensors.without(averaging.ofRegion(region)))));
        Delta spread =
                RegionalAveraging.spread(new Bases(bases.global(), bases.merged(), regional), counts.plus(counted));
        BaseModel global =
                model(versionAfter(counted), PLAIN.step(bases.merged().weights(), spread));
        return new Bases(global, bases.merged(), regional);
    }

    /** One new base for all. */
    Bases same(Snapshot weights) {
        return Bases.same(model(bases.global().version() + 1, weights), tiers.regions());
    }

    /** The bases of the regions, those that counted anything moved to new versions. */
    private List<BaseModel> moved(List<Long> counted, BiFunction<Integer, Integer, BaseModel> move) {
        List<BaseModel> regional = new ArrayList<>(bases.regional());
        int version = bases.global().version();
        for (int region = 0; region < regional.size(); region++) {
            if (counted.get(region) > 0) {
                version++;
                regional.set(region, move.apply(region, version));
            }
        }
        return regional;
    }

    /** The version of the global base after a round without a merge: it comes after those of the regions. */
    private int versionAfter(List<Long> counted) {
        int moved = (int) counted.stream().filter(weight -> weight > 0).count();
        return bases.global().version() + moved + 1;
    }

    /** Commits a round in which something counted; {@code next} are its bases. */
    void commit(RoundPlan plan, Set<Integer> rejected, Bases next, boolean last) {
        bases = next;
        count(plan, rejected, last);
    }

    /** Moves on after such a round, but only the versions of bases change. */
    void rehearse(RoundPlan plan, Set<Integer> rejected, boolean last) {
        List<Long> counted = counted(plan, rejected);
        if (merges(last)) {
            bases = Bases.same(as(bases.global().version() + 1, bases.global()), tiers.regions());
        } else {
            bases = new Bases(
                    as(versionAfter(counted), bases.global()),
                    bases.merged(),
                    moved(
                            counted,
                            (region, version) -> as(version, bases.regional().get(region))));
        }
        count(plan, rejected, last);
    }

    /** Gives the bases, whose versions were rehearsed, their values; throws IllegalStateException if one is missing. */
    void restore(Map<Integer, BaseModel> versions) {
        UnaryOperator<BaseModel> found = base -> {
            BaseModel saved = versions.get(base.version());
            if (saved == null) {
                throw new IllegalStateException(
                        "base version " + base.version() + " was not saved, only " + versions.keySet());
            }
            return saved;
        };
        bases = new Bases(
                found.apply(bases.global()),
                found.apply(bases.merged()),
                bases.regional().stream().map(found).toList());
    }

    private static BaseModel as(int version, BaseModel base) {
        return new BaseModel(version, base.root(), base.weights());
    }

    private void count(RoundPlan plan, Set<Integer> rejected, boolean last) {
        counts = merges(last) ? RegionCounts.none(tiers.regions()) : counts.plus(counted(plan, rejected));
    }

    /**
     * What a round sends to and from the cloud, asked before it is committed. Without tiers that is all that devices
     * send. With them the cloud sends every region the first base and each merged one, and those that counted anything
     * send it theirs, in full; devices talk to their region.
     *
     * @param changes whether anything counted in it
     */
    CloudBytes cloudBytes(RoundPlan plan, Set<Integer> rejected, boolean changes, boolean last, Workload workload) {
        if (tiers.regions() == 1) {
            return new CloudBytes(plan.downBytes(), plan.upBytes());
        }
        boolean merges = changes && merges(last);
        int senders = merges ? counts.plus(counted(plan, rejected)).contributing() : 0;
        long copies = plan.round() == 1 ? 1 : 0;
        copies += merges ? 1 : 0;
        return new CloudBytes(copies * tiers.regions() * workload.downBytes(), senders * workload.downBytes());
    }

    /** As its tiers say. */
    boolean lastMerges() {
        return tiers.lastMerges();
    }

    private boolean merges(boolean last) {
        return !tiers.neverMerge() && (last || counts.rounds() + 1 >= tiers.regionalRounds());
    }

    /** Weights by region of the reporters that count. */
    private List<Long> counted(RoundPlan plan, Set<Integer> rejected) {
        List<Long> weights = new ArrayList<>(Collections.nCopies(tiers.regions(), 0L));
        for (Assignment reporter : plan.reporters()) {
            if (!rejected.contains(reporter.device())) {
                int region = tiers.regionOf(reporter.device());
                weights.set(region, weights.get(region) + weighing.of(reporter.examples()));
            }
        }
        return weights;
    }

    /** The weights of all reporters together. */
    private long total(RoundPlan plan) {
        return plan.reporters().stream()
                .mapToLong(reporter -> weighing.of(reporter.examples()))
                .sum();
    }

    /** The parts of the reporters that count: 1 unless some are rejected. */
    double countedShare(RoundPlan plan, Set<Integer> rejected) {
        double counted = 1;
        for (Assignment reporter : plan.reporters()) {
            if (rejected.contains(reporter.device())) {
                counted -= share(plan, reporter);
            }
        }
        return counted;
    }

    /** The part of one reporter in the mean of its round; the parts of all sum to one. */
    double share(RoundPlan plan, Assignment reporter) {
        return (double) weighing.of(reporter.examples()) / total(plan);
    }
}
