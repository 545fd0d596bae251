package dev.starling.coordinator;

import dev.starling.aggregate.FoldTotals;
import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.ServerOptimizer;
import dev.starling.algorithm.Weighing;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.coordinator.Course.Stage;
import dev.starling.data.view.DeviceViews;
import dev.starling.device.BaseModel;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.device.Work.Task;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.AsyncPlan;
import dev.starling.fleet.AsyncSettings;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.Tiers;
import dev.starling.fleet.Workload;
import dev.starling.metrics.CloudBytes;
import dev.starling.metrics.FleetFigures;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RoundStage;
import dev.starling.metrics.Staleness;
import dev.starling.model.Architecture;
import dev.starling.model.Delta;
import dev.starling.model.Evaluation;
import dev.starling.model.LocalSettings;
import dev.starling.model.PersonalTensors;
import dev.starling.model.RunningStatistics;
import dev.starling.model.Snapshot;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The state of a federated run between rounds: bases, server optimizer, fleet time, ledger. Pure: the same
 * calls give the same state, and it knows neither actors nor wall time.
 */
final class FederatedRun {

    private final PhaseSettings phases;
    private final Course course;
    private final SessionPlans sessions;
    private final PersonalTensors personalTensors;
    private final RunningStatistics statistics;
    private final SimTime start;
    private final Algorithm algorithm;
    private final Weighing weighing;
    private final ServerOptimizer optimizer;
    private final double serverRate;
    private final FleetPlans fleet;
    private final Optional<AsyncSettings> asynchronous;
    private final FleetLedger ledger = new FleetLedger();
    private final LocalSettings local;
    private final Workload workload;

    /** Of the reporters of an update of asynchronous training: they started at different times. */
    private Map<Integer, AsyncPlan.Start> starts = Map.of();

    private final Hierarchy hierarchy;
    private int round;
    private SimTime now;
    private OptionalInt targetReachedAt = OptionalInt.empty();

    /** @param personal the same model with the layers frozen that personal sessions leave alone */
    FederatedRun(
            Scenario scenario,
            DeviceViews views,
            Architecture architecture,
            Architecture personal,
            Algorithm algorithm,
            Snapshot base) {
        this.phases = scenario.phases();
        this.course = new Course(phases, scenario.personal());
        this.personalTensors = new PersonalTensors(architecture.layout());
        this.statistics = new RunningStatistics(architecture.layout());
        this.start = scenario.fleet().start();
        this.now = start;
        this.algorithm = algorithm;
        this.optimizer = algorithm.newServerOptimizer();
        this.serverRate = scenario.algorithm().server().learningRate();
        this.local = algorithm.local(scenario.local());
        Tiers tiers = Tiers.of(scenario.fleet(), scenario.rounds(), new Seeds(scenario.seed()));
        this.asynchronous = scenario.rounds().asynchronous();
        // Reports that make an update of their own accord weigh the same, however much their devices have to train on.
        this.weighing = asynchronous.isPresent() ? Weighing.EQUAL : algorithm.weighing();
        this.hierarchy = new Hierarchy(tiers, weighing, base);
        int rounding = scenario.keeping().rounding();
        this.workload = Workloads.of(architecture, algorithm, local, rounding);
        this.fleet = new FleetPlans(scenario, views::trainingCount, workload);
        this.sessions = new SessionPlans(scenario, personal, algorithm, fleet.fleet(), views::trainingCount);
    }

    Bases bases() {
        return hierarchy.bases();
    }

    /** The version of the global base. */
    int version() {
        return bases().global().version();
    }

    /** How many regions have a base of their own. */
    int regions() {
        return hierarchy.regions();
    }

    /** The region of a device, from 0. */
    int regionOf(int device) {
        return hierarchy.regionOf(device);
    }

    /** Rounds done so far. */
    int round() {
        return round;
    }

    FleetPlans fleet() {
        return fleet;
    }

    /** Fleet time: when the next round opens. */
    SimTime now() {
        return now;
    }

    FleetLedger ledger() {
        return ledger;
    }

    OptionalInt targetReachedAt() {
        return targetReachedAt;
    }

    /** Whether the run has done all that its scenario wants. */
    boolean finished() {
        return course.finished();
    }

    /** What the next round is, for people. */
    RoundStage opens() {
        return course.opens(round);
    }

    /** Rounds of the whole run at most. */
    int maxRounds() {
        return round + course.left();
    }

    /** What the next round is. */
    Stage stage() {
        return course.next();
    }

    /** The plan of the next round, or of the next update of asynchronous training; to be asked for once. */
    RoundPlan plan() {
        Stage stage = stage();
        if (stage == Stage.PRE_TRAINING) {
            return RoundPlan.instant(round + 1, now, List.of(), List.of());
        } else if (stage != Stage.FEDERATED) {
            fleet.retire(sessions.devices());
            return stage == Stage.SESSION ? sessions.session(round + 1, now) : sessions.update(round + 1, now);
        }
        if (asynchronous.isEmpty()) {
            return fleet.plan(round + 1, now);
        }
        AsyncPlan plan = fleet.update(round + 1, version(), now);
        starts = plan.starts();
        return plan.round();
    }

    /** Begins to make the next plan, while there is something else to do. */
    void planAhead() {
        if (plansRounds()) {
            fleet.planAhead(round + 1, now);
        }
    }

    /** Begins to make the plan that will follow {@code running}. */
    void planAfter(RoundPlan running) {
        if (plansRounds() && !course.baseIsLastOfItsKind()) {
            fleet.planAfter(running);
        }
    }

    /** Whether the next round is one of those whose devices all start from what runs. */
    boolean plansRounds() {
        return !finished() && stage() == Stage.FEDERATED && asynchronous.isEmpty();
    }

    /** The base that {@code device} would be given now. */
    int given(int device) {
        return hierarchy.given(device);
    }

    /** The bases of groups of devices by name, if they stay several; else none. */
    Map<String, Snapshot> severalBases() {
        return hierarchy.several();
    }

    /** What a reporter of the running round does, in full, behind what its model came from. */
    Lineage lineage(RoundPlan plan, Assignment reporter) {
        return ledger.of(reporter.device()).lineage().then(work(plan, reporter), personalTensors.any());
    }

    private Work work(RoundPlan plan, Assignment reporter) {
        Task task = course.task();
        if (task != Task.FEDERATED) {
            // Without an update a personal model goes on deriving from the base that it came from.
            Optional<Work> last = ledger.of(reporter.device()).lineage().last();
            boolean delivers = task != Task.PERSONAL && task != Task.KEEP;
            int given = hierarchy.given(reporter.device());
            int from = delivers ? given : last.map(Work::version).orElse(given);
            return new Work(plan.round(), from, reporter.steps(), plan.opens(), task);
        }
        AsyncPlan.Start start = starts.get(reporter.device());
        return start == null
                ? new Work(plan.round(), hierarchy.version(reporter.device()), reporter.steps(), plan.opens())
                : new Work(plan.round(), start.version(), reporter.steps(), start.at());
    }

    /** Whether a report counts as a change from the running base: all of it (FedAsync), or running statistics. */
    boolean countsAgainstRunning() {
        return asynchronous.isPresent() && (asynchronous.get().towardsModel() || statistics.any());
    }

    /** Versions that somebody may still ask for: personal models and devices at work start from them. */
    Set<Integer> versionsInUse() {
        Set<Integer> versions = new TreeSet<>(ledger.versionsInUse());
        versions.addAll(fleet.versionsInUse());
        return versions;
    }

    /** What a reporter's delta is multiplied with in the sum. */
    double weight(RoundPlan plan, Assignment reporter) {
        double share = hierarchy.share(plan, reporter);
        if (asynchronous.isEmpty()) {
            return share;
        }
        int staleness = version() - work(plan, reporter).version();
        return share * asynchronous.get().weight(staleness);
    }

    /** Whether the base is evaluated after the round that is running now. */
    boolean evaluationDue() {
        return stage().movesBase() && ((round + 1) % phases.evaluateEvery() == 0 || course.baseIsLastOfItsKind());
    }

    /** The bases after a round, along the mean of the deltas that count; DivergedException if they are not finite. */
    Bases next(RoundPlan plan, RoundSum sum) {
        if (!stage().movesBase()) {
            return bases();
        }
        if (sum.totals().devices().isEmpty()) {
            return bases();
        }
        // The parts of all reporters sum to one; those that count take over what the rejected ones had.
        double counted = hierarchy.countedShare(plan, sum.rejected());
        double step = algorithm.gradientOnly() ? -local.learningRate() : 1;
        return hierarchy
                .next(plan, sum, counted, step, optimizer, course.baseIsLastOfItsKind())
                .finite(plan.round(), serverRate, local.learningRate());
    }

    /** The bases after the coordinator trained the global one itself: {@code trained} for everybody. */
    Bases preTrained(Snapshot trained) {
        return hierarchy.same(trained);
    }

    /** Commits a round: from here on it cannot be undone. */
    RoundRecord commit(RoundPlan plan, RoundSum sum, Bases next, Optional<Evaluation> evaluation, Measured measured) {
        double norm = Delta.between(next.global().weights(), bases().global().weights())
                .norm();
        return committed(plan, sum.totals(), Optional.of(next), norm, evaluation, measured);
    }

    /** Commits a round again as it was committed before; of the bases only the versions change, see {@link #restore}. */
    RoundRecord redo(RoundPlan plan, RoundOutcome outcome) {
        // What was evaluated only as it was the last round then is not when the run goes on with more of them.
        Optional<Evaluation> evaluation = evaluationDue() ? outcome.evaluation() : Optional.empty();
        RoundRecord record =
                committed(plan, outcome.totals(plan), Optional.empty(), outcome.norm(), evaluation, outcome.measured());
        if (record.version() != outcome.version()) {
            throw new IllegalStateException("round " + round + " must lead to base version " + outcome.version()
                    + ", leads to " + record.version());
        }
        return record;
    }

    /** Whether a run with more rounds would pass through the state that this one has when it is finished. */
    boolean mayGoOn() {
        return course.onlyRounds() && !hierarchy.lastMerges();
    }

    /** What cannot be had again without training. */
    SavedState state(double wallSeconds) {
        return new SavedState(round, bases().needed(), optimizer.state(), wallSeconds);
    }

    /** After all rounds that lead to {@code state} were done again: gives bases and optimizer what they had then. */
    void restore(SavedState state) {
        hierarchy.restore(state.bases().stream().collect(Collectors.toMap(BaseModel::version, base -> base)));
        optimizer.restore(state.optimizer());
    }

    private RoundRecord committed(
            RoundPlan plan,
            FoldTotals totals,
            Optional<Bases> next,
            double norm,
            Optional<Evaluation> evaluation,
            Measured measured) {
        Set<Integer> rejections = RoundSum.rejected(totals);
        Staleness staleness = staleness(plan, rejections);
        ledger.note(plan, reporter -> lineage(plan, reporter), rejections, RoundSum.diverged(totals));
        Stage stage = stage();
        boolean empty = stage != Stage.PRE_TRAINING && totals.devices().isEmpty();
        boolean moves = stage.movesBase() && !empty;
        boolean last = course.baseIsLastOfItsKind();
        CloudBytes cloud = hierarchy.cloudBytes(plan, rejections, moves, last, workload);
        if (moves && next.isPresent()) {
            hierarchy.commit(plan, rejections, next.get(), last);
        } else if (moves) {
            hierarchy.rehearse(plan, rejections, last);
        }
        moveOn(plan);
        if (targetReachedAt.isEmpty() && evaluation.map(phases::reachedBy).orElse(false)) {
            targetReachedAt = OptionalInt.of(round);
            course.targetReached();
        }
        double loss = weighing == Weighing.EQUAL ? totals.meanDeviceLoss() : totals.meanLoss();
        TrainedRound trained =
                new TrainedRound(totals.rejections(), empty, loss, evaluation, totals.steps(), totals.examples(), norm);
        FleetFigures figures = fleet.note(plan, totals.losses(), staleness, now, finished());
        return trained.record(plan, stage.word(), version(), start, measured, figures, cloud);
    }

    /** Of the reports that count; empty where nobody starts before the round does. */
    private Staleness staleness(RoundPlan plan, Set<Integer> rejected) {
        if (asynchronous.isEmpty() || stage() != Stage.FEDERATED) {
            return Staleness.NONE;
        }
        return Staleness.of(plan.reporters().stream()
                .filter(reporter -> !rejected.contains(reporter.device()))
                .mapToInt(reporter -> version() - work(plan, reporter).version()));
    }

    /**
     * Moves on as if the round had been trained; nothing but the base and what depends on it is left out. Versions are
     * counted as if every report were accepted.
     */
    RoundRecord rehearse(RoundPlan plan, Supplier<Measured> measured) {
        Staleness staleness = staleness(plan, Set.of());
        ledger.note(plan, reporter -> lineage(plan, reporter), Set.of(), Set.of());
        Stage stage = stage();
        // The delivery of a base is planned as one step, which only retraining takes.
        boolean trains = stage != Stage.UPDATE || course.task() == Task.RETRAIN;
        boolean moves = stage.movesBase() && (stage == Stage.PRE_TRAINING || !plan.abandoned());
        boolean last = course.baseIsLastOfItsKind();
        CloudBytes cloud = hierarchy.cloudBytes(plan, Set.of(), moves, last, workload);
        if (moves) {
            hierarchy.rehearse(plan, Set.of(), last);
        }
        moveOn(plan);
        TrainedRound untrained = new TrainedRound(
                List.of(),
                plan.abandoned(),
                Double.NaN,
                Optional.empty(),
                trains ? plan.totalSteps() : 0,
                trains ? workload.examplesSeen(plan.reporters()) : 0,
                Double.NaN);
        Measured times = new Measured(measured.get().wallSeconds(), 0, 0);
        FleetFigures figures = fleet.note(plan, Map.of(), staleness, now, finished());
        return untrained.record(plan, stage.word(), version(), start, times, figures, cloud);
    }

    private void moveOn(RoundPlan plan) {
        now = switch (stage()) {
            case FEDERATED -> fleet.nextOpens(plan);
            case PRE_TRAINING -> plan.closes();
            case SESSION, UPDATE -> sessions.nextOpens(plan);
        };
        ledger.noteUnderWay(plan, !starts.isEmpty());
        starts = Map.of();
        round = plan.round();
        course.done();
    }
}
