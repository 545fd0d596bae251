package dev.starling.coordinator;

import dev.starling.aggregate.Rejection;
import dev.starling.device.BaseModel;
import dev.starling.device.DeviceHost;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run between two rounds, as its coordinator holds it.
 *
 * @param evaluation the last evaluation of a base on the test set
 */
record Running(FederatedRun run, DeviceHost host, Optional<Evaluation> evaluation) {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    /** A round's sum and the bases that it leads to. */
    record Update(RoundSum sum, Bases next, Optional<Evaluation> evaluation) {}

    /** The global base. */
    BaseModel base() {
        return run.bases().global();
    }

    /** What the reporters of {@code plan} are asked to do. */
    RoundTask task(String runName, RoundPlan plan) {
        return new RoundTask(
                runName,
                plan.round(),
                run.version(),
                Math.multiplyExact(run.regions(), host.architecture().layout().count()),
                run.countsAgainstRunning(),
                plan.reporters(),
                reporter -> run.lineage(plan, reporter),
                reporter -> run.regionOf(reporter.device()),
                reporter -> run.weight(plan, reporter));
    }

    /** What to ask {@code devices} at the end. */
    DeviceSurvey.Questions questions(String runName, List<Integer> devices) {
        return new DeviceSurvey.Questions(runName, run::given, run.now(), devices, run.ledger(), host);
    }

    /**
     * The next bases, the global one evaluated if that is due; the work is done on {@code threads}.
     *
     * @param announce is told of the base of the coming round as soon as it is there, if it is a new one and the only one
     */
    CompletableFuture<Update> update(RoundPlan plan, RoundSum sum, Consumer<BaseModel> announce, Executor threads) {
        boolean due = run.evaluationDue();
        boolean preTraining = run.stage() == Course.Stage.PRE_TRAINING;
        Snapshot running = base().weights();
        int version = run.version();
        return CompletableFuture.supplyAsync(
                        () -> preTraining ? run.preTrained(host.preTrain(running, version)) : run.next(plan, sum),
                        threads)
                .whenComplete((next, failure) -> {
                    if (failure == null
                            && next.versions().size() == 1
                            && next.global().version() != version) {
                        announce.accept(next.global());
                    }
                })
                .thenCompose(next -> evaluation(next.global().weights(), due, threads)
                        .thenApply(result -> new Update(sum, next, result)));
    }

    private CompletableFuture<Optional<Evaluation>> evaluation(Snapshot next, boolean due, Executor threads) {
        return due ? TestEvaluation.of(host, next, threads) : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Commits the round, and writes into the log whose change did not count. */
    RoundRecord commit(RoundPlan done, Update update, Measured measured) {
        RoundRecord record = run.commit(done, update.sum(), update.next(), update.evaluation(), measured);
        for (Rejection rejection : update.sum().totals().rejections()) {
            LOG.warn("round {}: device {}: {}", record.round(), rejection.device(), rejection.reason());
        }
        return record;
    }

    /** The bases of the coming round, and those that must stay. */
    BasePublisher.Publish publication() {
        return new BasePublisher.Publish(run.bases().versions(), run.versionsInUse());
    }

    /** The run after a committed round. */
    Running after(Update update) {
        return new Running(run, host, update.evaluation().or(this::evaluation));
    }
}
