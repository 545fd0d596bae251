package dev.starling.coordinator;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.InitialModel;
import dev.starling.data.view.Skew;
import dev.starling.data.view.SkewMeasure;
import dev.starling.device.DeviceHost;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunListener;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Where the first base model comes from: drawn or read, then perhaps pre-trained on the proxy data. Of a run that is
 * taken up again: where it stood, its rounds committed once more as they were.
 */
final class FirstBases {

    /**
     * The run at its beginning, or where it goes on.
     *
     * @param evaluation the last of a base, if there was one
     * @param earlier the rounds that were done before
     * @param wallSeconds that they took
     */
    record First(
            FederatedRun run,
            DeviceHost host,
            Skew skew,
            Optional<Evaluation> evaluation,
            List<RoundRecord> earlier,
            double wallSeconds) {

        First {
            earlier = List.copyOf(earlier);
        }

        /** Tells the run's listener what it is, and how far it was before; rounds follow. */
        void announce(RunContext context, int nodes) {
            RunListener listener = context.listener();
            listener.started(Records.info(context, host, nodes, run));
            listener.skew(skew);
            evaluation.ifPresent(listener::firstBase);
            int times = context.journal().identity().resumed();
            if (times > 0) {
                listener.resumed(new Resumed(times, earlier));
            }
            listener.phase(Phase.ROUNDS);
        }
    }

    private FirstBases() {}

    /** On the training threads of the coordinator's node, as soon as that node is ready. */
    static CompletableFuture<First> of(RunContext context) {
        return context.hosts()
                .place(context.spec().run())
                .thenApplyAsync(place -> first(context, place.host()), context.trainingThreads())
                .thenCompose(first -> evaluated(first, context));
    }

    /** On the test set, if it is more than a draw of lots, or will not change any more. */
    private static CompletableFuture<First> evaluated(First first, RunContext context) {
        PhaseSettings phases = context.scenario().phases();
        boolean drawn = phases.preTraining().epochs() == 0 || !first.earlier().isEmpty();
        if (first.evaluation().isPresent() || (drawn && phases.maxRounds() > 0)) {
            return CompletableFuture.completedFuture(first);
        }
        return TestEvaluation.of(first.host(), first.run().bases().global().weights(), context.trainingThreads())
                .thenApply(evaluation -> new First(
                        first.run(), first.host(), first.skew(), evaluation, first.earlier(), first.wallSeconds()));
    }

    private static First first(RunContext context, DeviceHost host) {
        Scenario scenario = context.scenario();
        Optional<SavedState> saved = context.journal().saved(host.architecture().layout());
        Snapshot start = saved.map(state -> state.bases().get(0).weights()).orElseGet(() -> base(scenario, host));
        FederatedRun run = new FederatedRun(
                scenario, host.views(), host.architecture(), host.personalArchitecture(), host.algorithm(), start);
        List<RoundRecord> earlier = context.journal().earlier().stream()
                .map(outcome -> run.redo(run.plan(), outcome))
                .toList();
        saved.ifPresent(run::restore);
        requireBases(context, run, saved);
        run.planAhead();
        Skew skew = SkewMeasure.of(host.views(), scenario.fleet().start(), new Seeds(scenario.seed()));
        Optional<Evaluation> evaluation =
                earlier.stream().flatMap(round -> round.evaluation().stream()).reduce((before, last) -> last);
        return new First(
                run,
                host,
                skew,
                evaluation,
                earlier,
                saved.map(SavedState::wallSeconds).orElse(0.0));
    }

    /** Whoever asks for a base that is not there would wait for it for ever. */
    private static void requireBases(RunContext context, FederatedRun run, Optional<SavedState> saved) {
        Set<Integer> missing = new TreeSet<>(run.versionsInUse());
        missing.removeAll(context.archive().versions());
        missing.remove(run.version());
        saved.ifPresent(state -> state.bases().forEach(base -> missing.remove(base.version())));
        if (!missing.isEmpty()) {
            throw new InputException(
                    context.journal().runDirectory().toString(),
                    "lacks the bases of versions " + missing + " in model/versions, which devices start from; delete"
                            + " progress/state.bin there to have all rounds trained again");
        }
    }

    private static Snapshot base(Scenario scenario, DeviceHost host) {
        Snapshot start = scenario.initialModel()
                .map(file -> InitialModel.read(file, host.architecture().layout()))
                .orElseGet(() -> host.architecture()
                        .initial(scenario.model().initializer(), new Seeds(scenario.seed()).of(Purpose.INITIAL_MODEL)));
        if (scenario.phases().preTraining().epochs() > 0) {
            if (host.data().proxy().count() == 0) {
                throw new InputException(
                        scenario.name(), "pre-training.epochs needs proxy data: data.proxy must be above 0");
            }
            start = host.preTrain(start, 0);
        }
        return start;
    }
}
