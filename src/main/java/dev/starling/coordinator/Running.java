package dev.starling.coordinator;

import dev.starling.device.BaseModel;
import dev.starling.device.DeviceHost;
import dev.starling.fleet.RoundPlan;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A run between two rounds, as its coordinator holds it.
 *
 * @param base the running version
 * @param evaluation the last evaluation of a base on the test set
 */
record Running(FederatedRun run, DeviceHost host, BaseModel base, Optional<Evaluation> evaluation) {

    /** A round's sum and the base that it leads to. */
    record Update(RoundSum sum, BaseModel next, Optional<Evaluation> evaluation) {}

    /** What the reporters of {@code plan} are asked to do. */
    RoundTask task(String runName, RoundPlan plan) {
        return new RoundTask(
                runName,
                plan.round(),
                run.version(),
                host.architecture().layout().count(),
                run.countsTowardsModel(),
                plan.reporters(),
                reporter -> run.lineage(plan, reporter),
                reporter -> run.weight(plan, reporter));
    }

    /** What to ask {@code devices} at the end. */
    DeviceSurvey.Questions questions(String runName, List<Integer> devices) {
        return new DeviceSurvey.Questions(runName, run.version(), run.now(), devices, run.ledger(), host);
    }

    /** The next base, evaluated if that is due; the work is done on {@code threads}. */
    CompletableFuture<Update> update(RoundPlan plan, RoundSum sum, Executor threads) {
        boolean due = run.evaluationDue();
        boolean preTraining = run.stage() == Course.Stage.PRE_TRAINING;
        Snapshot running = run.base();
        int version = run.version();
        return CompletableFuture.supplyAsync(
                        () -> preTraining ? host.preTrain(running, version) : run.next(plan, sum), threads)
                .thenCompose(next -> {
                    BaseModel updated = new BaseModel(run.version() + 1, ModelRoot.of(next), next);
                    return evaluation(next, due, threads).thenApply(result -> new Update(sum, updated, result));
                });
    }

    private CompletableFuture<Optional<Evaluation>> evaluation(Snapshot next, boolean due, Executor threads) {
        return due ? TestEvaluation.of(host, next, threads) : CompletableFuture.completedFuture(Optional.empty());
    }

    /** The run after a committed round; one that changed nothing leaves the base as it was. */
    Running after(Update update) {
        boolean moved = run.version() == update.next().version();
        return new Running(
                run, host, moved ? update.next() : base, update.evaluation().or(this::evaluation));
    }
}
