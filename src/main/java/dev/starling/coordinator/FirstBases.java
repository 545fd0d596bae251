package dev.starling.coordinator;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.InitialModel;
import dev.starling.data.view.Skew;
import dev.starling.data.view.SkewMeasure;
import dev.starling.device.DeviceHost;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the first base model comes from: drawn or read, then perhaps pre-trained on the proxy data. */
final class FirstBases {

    /** The run at its beginning. */
    record First(FederatedRun run, DeviceHost host, Skew skew, Optional<Evaluation> evaluation) {}

    private FirstBases() {}

    /** On the training threads of the coordinator's node, as soon as that node is ready. */
    static CompletableFuture<First> of(RunContext context) {
        return context.hosts()
                .place(context.spec().run())
                .thenApplyAsync(place -> first(context.scenario(), place.host()), context.trainingThreads())
                .thenCompose(first -> evaluated(first, context));
    }

    /** On the test set, if it is more than a draw of lots, or will not change any more. */
    private static CompletableFuture<First> evaluated(First first, RunContext context) {
        PhaseSettings phases = context.scenario().phases();
        if (phases.preTraining().epochs() == 0 && phases.maxRounds() > 0) {
            return CompletableFuture.completedFuture(first);
        }
        return TestEvaluation.of(first.host(), first.run().bases().global().weights(), context.trainingThreads())
                .thenApply(evaluation -> new First(first.run(), first.host(), first.skew(), evaluation));
    }

    private static First first(Scenario scenario, DeviceHost host) {
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
        FederatedRun run = new FederatedRun(
                scenario, host.views(), host.architecture(), host.personalArchitecture(), host.algorithm(), start);
        Skew skew = SkewMeasure.of(host.views(), scenario.fleet().start(), new Seeds(scenario.seed()));
        return new First(run, host, skew, Optional.empty());
    }
}
