package dev.starling.device;

import dev.starling.aggregate.Folds;
import dev.starling.aggregate.RoundFold;
import dev.starling.aggregate.RoundKey;
import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.Algorithms;
import dev.starling.base.Seeds;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.Tiers;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Architecture;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.LocalResult;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node offers to the devices of one run that live on it: the read-only data, the base versions, a workbench
 * per training thread, and the fold of the running round. Knows no actors; safe to use from many threads.
 */
public final class DeviceHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceHost.class);

    /** Base versions kept besides those of the regions: the one before, and what old personal models start from. */
    private static final int BASES_KEPT = 3;

    private final Scenario scenario;
    private final DeviceViews views;
    private final Architecture architecture;
    private final Fleet fleet;
    private final Algorithm algorithm;
    private final LocalTraining training;
    private final BaseCache bases;
    private final Folds folds;
    private final Workbenches workbenches;
    private final NodeFigures figures;

    public DeviceHost(RunSpec spec, Scenario scenario, RawData raw, int threads, NodeFigures figures) {
        Seeds seeds = new Seeds(scenario.seed());
        this.scenario = scenario;
        FederatedData data = raw.featurized(spec.featurizer());
        this.architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        this.fleet = Fleet.of(scenario.fleet(), architecture.flopsPerExample(), seeds);
        this.views = FleetSurroundings.views(scenario, data, fleet);
        this.algorithm = Algorithms.of(scenario.algorithm());
        this.training = new LocalTraining(
                seeds,
                views,
                algorithm.local(scenario.local()),
                scenario.data().features().augmentation());
        boolean keepLosses = scenario.rounds().selection().needsLosses();
        int regions = Tiers.of(scenario.fleet(), scenario.rounds(), seeds).regions();
        this.bases = new BaseCache(BASES_KEPT + regions);
        this.folds = new Folds(() -> new RoundFold(architecture.layout().count(), regions, threads, keepLosses));
        this.workbenches = new Workbenches(architecture);
        this.figures = figures;
    }

    public Scenario scenario() {
        return scenario;
    }

    /** Who owns what. What devices see of it, {@link #views} tells. */
    public FederatedData data() {
        return views.data();
    }

    public DeviceViews views() {
        return views;
    }

    public Architecture architecture() {
        return architecture;
    }

    public Fleet fleet() {
        return fleet;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    public BaseCache bases() {
        return bases;
    }

    public Folds folds() {
        return folds;
    }

    public NodeFigures figures() {
        return figures;
    }

    /**
     * Does {@code work} for a device and folds its weighted change from {@code against} into its region's sum.
     *
     * @return the device's new personal model; null if its delta was already folded here, the round is over, or the training failed
     */
    @Nullable
    PersonalModel contribute(
            int device, RoundKey round, int region, double weight, Work work, BaseModel base, BaseModel against) {
        RoundFold fold = folds.of(round);
        if (fold == null || fold.hasSeen(device)) {
            return null;
        }
        figures.taskStarted();
        Workbench bench = workbenches.mine();
        LocalResult result = new LocalResult(0, 0, 0, 0);
        try {
            result = trainAndFold(device, fold, region, weight, work, base, against, bench);
        } catch (RuntimeException e) {
            // Asking again would end the same way: the round goes on without this delta, and says so.
            LOG.error("device {}: {} failed", device, work, e);
            fold.reject(device, "local training failed: " + e);
            return null;
        } finally {
            figures.taskEnded(result.steps(), result.examples());
        }
        // A device that only computed a gradient holds the base itself as its replica.
        Snapshot weights =
                algorithm.gradientOnly() ? base.weights() : bench.weights().snapshot();
        return new PersonalModel(work, weights, result);
    }

    private LocalResult trainAndFold(
            int device,
            RoundFold fold,
            int region,
            double weight,
            Work work,
            BaseModel base,
            BaseModel against,
            Workbench bench) {
        LocalResult result;
        if (algorithm.gradientOnly()) {
            result = training.gradient(bench, base, device, work);
            fold.foldGradient(device, weight, bench.weights().floats(), result);
        } else {
            result = training.train(bench, base, device, work);
            fold.fold(
                    region,
                    device,
                    weight,
                    bench.weights().floats(),
                    bench.base(against).floats(),
                    result);
        }
        figures.deltaFolded();
        return result;
    }

    /** Makes a personal model again: same data, same seed, same work, same bits. */
    PersonalModel replay(int device, Work work, BaseModel base) {
        if (algorithm.gradientOnly()) {
            return new PersonalModel(work, base.weights(), new LocalResult(0, 0, 0, 0));
        }
        Workbench bench = workbenches.mine();
        LocalResult result = training.train(bench, base, device, work);
        return new PersonalModel(work, bench.weights().snapshot(), result);
    }

    /** What {@code weights} do on {@code examples}; runs on the calling thread. */
    public Evaluation evaluate(Snapshot weights, Examples examples) {
        return evaluate(weights, examples, 0, examples.count());
    }

    /** As above, for the examples {@code from} (included) to {@code to} (excluded). */
    public Evaluation evaluate(Snapshot weights, Examples examples, int from, int to) {
        if (from >= to) {
            return Evaluation.NONE;
        }
        Workbench bench = workbenches.mine();
        Parameters loaded = bench.evaluated(weights);
        return bench.evaluator().evaluate(loaded, examples, from, to);
    }

    /** Plain SGD on the coordinator's own examples, from {@code start}. */
    public Snapshot preTrain(Snapshot start) {
        return training.preTrain(workbenches.mine(), start, scenario.phases().preTraining());
    }

    @Override
    public void close() {
        workbenches.close();
    }
}
