package dev.starling.device;

import dev.starling.aggregate.FoldResult;
import dev.starling.aggregate.Folds;
import dev.starling.aggregate.RoundFold;
import dev.starling.aggregate.RoundKey;
import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.Algorithms;
import dev.starling.base.Seeds;
import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.device.Work.Task;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.Tiers;
import dev.starling.metrics.NodeFigures;
import dev.starling.metrics.StoreWait;
import dev.starling.model.Architecture;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.LocalResult;
import dev.starling.model.Parameters;
import dev.starling.model.PersonalTensors;
import dev.starling.model.RunningStatistics;
import dev.starling.model.Snapshot;
import dev.starling.model.TrainedLayers;
import dev.starling.scenario.PersonalSettings;
import dev.starling.scenario.Scenario;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final Architecture personalArchitecture;
    private final Algorithm algorithm;
    private final LocalTraining training;
    private final PersonalTensors personalTensors;
    private final RunningStatistics statistics;
    private final boolean countsFromStart;
    private final ModelMaker maker;
    private final BaseCache bases;
    private final Folds folds;
    private final Workbenches workbenches;
    private final Optional<VersionKeeper> keeper;
    private final NodeFigures figures;

    /** A host that keeps no versions. */
    public DeviceHost(RunSpec spec, Scenario scenario, RawData raw, int threads, NodeFigures figures) {
        this(spec, scenario, raw, threads, figures, Optional.empty());
    }

    /** @param keepers opens the store that versions are kept in, if the scenario has them kept */
    DeviceHost(
            RunSpec spec,
            Scenario scenario,
            RawData raw,
            int threads,
            NodeFigures figures,
            Optional<KeeperFactory> keepers) {
        Seeds seeds = new Seeds(scenario.seed());
        this.scenario = scenario;
        FederatedData data = raw.featurized(spec.featurizer());
        this.architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        this.personalArchitecture = personal(scenario, architecture, data.shape());
        this.fleet = Fleet.of(scenario.fleet(), architecture.flopsPerExample(), seeds);
        this.views = FleetSurroundings.views(scenario, data, fleet);
        this.algorithm = Algorithms.of(scenario.algorithm());
        this.training = new LocalTraining(
                seeds,
                views,
                algorithm.local(scenario.local()),
                scenario.personal().local(),
                scenario.personal().keepMomentum(),
                scenario.data().features().augmentation());
        boolean keepLosses = scenario.rounds().selection().needsLosses();
        int regions = Tiers.of(scenario.fleet(), scenario.rounds(), seeds).regions();
        this.bases = new BaseCache(BASES_KEPT + regions);
        this.folds = new Folds(() -> new RoundFold(architecture.layout().count(), regions, threads, keepLosses));
        this.personalTensors = new PersonalTensors(architecture.layout());
        this.maker = new ModelMaker(
                training, views, architecture.layout(), scenario.keeping().rounding());
        this.statistics = new RunningStatistics(architecture.layout());
        this.countsFromStart = scenario.rounds()
                .asynchronous()
                .filter(settings -> !settings.towardsModel())
                .isPresent();
        this.workbenches = new Workbenches(architecture, personalArchitecture);
        this.figures = figures;
        this.keeper = keepers.flatMap(factory -> factory.open(
                spec,
                scenario,
                architecture,
                personalArchitecture,
                new KeepersHost(
                        (device, lineage, starts) -> make(device, lineage, starts, null),
                        architecture,
                        scenario,
                        views)));
        keeper.ifPresent(keeping -> figures.storeIs(keeping::state));
    }

    /** The model of {@code scenario} with the layers frozen that personal sessions leave alone. */
    public static Architecture personal(Scenario scenario, Architecture whole, DataShape shape) {
        PersonalSettings settings = scenario.personal();
        return settings.any() && !settings.train().equals(TrainedLayers.ALL)
                ? Architecture.of(settings.train().of(scenario.model(), whole), shape.input(), shape.outputs())
                : whole;
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

    public PersonalTensors personalTensors() {
        return personalTensors;
    }

    public Architecture personalArchitecture() {
        return personalArchitecture;
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
     * Does the last work of {@code lineage} for a device and folds its weighted change from {@code against} into its
     * region's sum; of personal work only the figures.
     *
     * @param bases all versions of the lineage
     * @param against the running base. With FedBuff only statistics count as changes from it: old differences of them
     *     would add up beyond what anybody measured. What was trained counts as a change from where it started
     * @param held the device's model now, if it has one
     * @return the device's new personal model; null if its delta was already folded here, the round is over, or the training failed or diverged
     */
    @Nullable
    PersonalModel contribute(
            int device,
            RoundKey round,
            int region,
            double weight,
            Lineage lineage,
            Map<Integer, BaseModel> bases,
            BaseModel against,
            @Nullable PersonalModel held) {
        RoundFold fold = folds.of(round);
        if (fold == null || fold.hasSeen(device) || fold.isClosed()) {
            return null;
        }
        Workbench bench = workbenches.mine();
        figures.taskStarted();
        fold.workBegins();
        LocalResult result = new LocalResult(0, 0, 0, 0);
        try {
            PersonalModel made = make(bench, device, lineage, bases, held);
            result = made.result();
            FoldResult folded = fold(fold, region, device, weight, made, bench, bases, against);
            figures.deltaFolded();
            if (folded instanceof FoldResult.Counted) {
                keeper.ifPresent(keeping -> keeping.keep(
                        device,
                        made,
                        base(bases, made.work().version()),
                        held,
                        () -> make(bench, device, lineage, bases, held)));
            }
            return result.diverged() ? null : made;
        } catch (RuntimeException e) {
            // Asking again would end the same way: the round goes on without this delta, and says so.
            LOG.error("device {}: {} failed", device, lineage, e);
            fold.reject(device, "local training failed: " + e);
            return null;
        } finally {
            fold.workEnds();
            figures.taskEnded(result.steps(), result.examples());
        }
    }

    private static BaseModel base(Map<Integer, BaseModel> bases, int version) {
        return Objects.requireNonNull(bases.get(version));
    }

    /** What waits for the run's store. */
    public StoreWait store() {
        return keeper.map(VersionKeeper::state).orElse(StoreWait.NONE);
    }

    /** Keeps the versions of this run's models on this node; empty if they are not kept. */
    Optional<VersionKeeper> keeper() {
        return keeper;
    }

    /** Keeps a base that perhaps no device has worked from. */
    public void keep(BaseModel base) {
        keeper.ifPresent(keeping -> keeping.keep(base));
    }

    private FoldResult fold(
            RoundFold fold,
            int region,
            int device,
            double weight,
            PersonalModel made,
            Workbench bench,
            Map<Integer, BaseModel> bases,
            BaseModel against) {
        LocalResult result = made.result();
        if (made.work().task() != Task.FEDERATED) {
            return fold.note(device, result);
        } else if (algorithm.gradientOnly()) {
            return fold.foldGradient(device, weight, bench.weights().floats(), result);
        }
        return fold.fold(region, device, weight, bench.weights().floats(), from(made, bench, bases, against), result);
    }

    /** What a report counts as a change from. */
    private FloatBuffer from(PersonalModel made, Workbench bench, Map<Integer, BaseModel> bases, BaseModel against) {
        int started = made.work().version();
        if (!countsFromStart || against.version() == started) {
            return bench.base(against).floats();
        }
        Snapshot start = base(bases, started).weights();
        return statistics.takenFrom(against.weights(), start).floats();
    }

    /** Makes a personal model, again or for the first time: same data, same seed, same works, same bits. */
    PersonalModel make(int device, Lineage lineage, Map<Integer, BaseModel> bases, @Nullable PersonalModel held) {
        return make(workbenches.mine(), device, lineage, bases, held);
    }

    private PersonalModel make(
            Workbench bench, int device, Lineage lineage, Map<Integer, BaseModel> bases, @Nullable PersonalModel held) {
        Work work = lineage.last().orElseThrow();
        BaseModel base = bases.get(work.version());
        if (algorithm.gradientOnly() && work.task() == Task.FEDERATED && base != null) {
            // A device that only computes a gradient holds the base itself as its replica.
            LocalResult result = training.gradient(bench, base, device, work);
            return new PersonalModel(
                    lineage, base.weights(), result, Optional.empty(), Optional.empty(), Optional.empty());
        }
        return maker.make(bench, device, lineage, bases, held);
    }

    /** The scores that {@code weights} give example {@code index} of {@code examples}, one per class or target. */
    List<Float> predict(Snapshot weights, Examples examples, int index) {
        Workbench bench = workbenches.mine();
        float[] scores = bench.evaluator().scores(bench.evaluated(weights), examples, index, index + 1);
        List<Float> list = new ArrayList<>();
        for (float score : scores) {
            list.add(score);
        }
        return list;
    }

    /** What {@code weights} do on {@code examples}; runs on the calling thread. */
    public Evaluation evaluate(Snapshot weights, Examples examples) {
        return evaluate(weights, examples, 0, examples.count());
    }

    /** As above, of a base: {@link Evaluation#NONE} if it is no model by itself because parts of it stay on devices. */
    Evaluation evaluateBase(Snapshot base, Examples examples) {
        return personalTensors.any() ? Evaluation.NONE : evaluate(base, examples);
    }

    /** As {@link #evaluate(Snapshot, Examples)}, for the examples {@code from} (included) to {@code to} (excluded). */
    public Evaluation evaluate(Snapshot weights, Examples examples, int from, int to) {
        if (from >= to) {
            return Evaluation.NONE;
        }
        Workbench bench = workbenches.mine();
        Parameters loaded = bench.evaluated(weights);
        return bench.evaluator().evaluate(loaded, examples, from, to);
    }

    /** Trained on the coordinator's own examples from {@code start}, which is version {@code version}. */
    public Snapshot preTrain(Snapshot start, int version) {
        return training.preTrain(
                workbenches.mine(), start, version, scenario.phases().preTraining());
    }

    @Override
    public void close() {
        workbenches.close();
        keeper.ifPresent(VersionKeeper::close);
    }
}
