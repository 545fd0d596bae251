package dev.starling.coordinator;

import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.Algorithms;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.data.view.SkewMeasure;
import dev.starling.device.DeviceHost;
import dev.starling.device.FleetSurroundings;
import dev.starling.fleet.Fleet;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunControl.Wish;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.model.Architecture;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioData;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Everything of a run but the training: who is asked, who reports when, what it costs. Needs no actors. */
public final class Rehearsal {

    private Rehearsal() {}

    /** Rehearses all rounds, or as many as {@code control} lets it; the base stays as it was. */
    public static RunOutcome run(Scenario scenario, RunControl control, RunListener listener, LongSupplier nanoTime) {
        RunClock clock = new RunClock(nanoTime);
        listener.phase(Phase.STARTING);
        Seeds seeds = new Seeds(scenario.seed());
        RawData raw = ScenarioData.load(scenario);
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        Architecture architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        Algorithm algorithm = Algorithms.of(scenario.algorithm());
        Snapshot base = architecture.initial(scenario.model().initializer(), seeds.of(Purpose.INITIAL_MODEL));
        DeviceViews views = FleetSurroundings.views(scenario, data, new Fleet(scenario.fleet(), seeds));
        FederatedRun run = new FederatedRun(
                scenario,
                views,
                architecture,
                DeviceHost.personal(scenario, architecture, data.shape()),
                algorithm,
                base);
        listener.started(info(scenario, data, raw, architecture, run));
        listener.skew(SkewMeasure.of(views, scenario.fleet().start(), seeds));
        listener.phase(Phase.ROUNDS);
        while (!run.finished() && control.wish() != Wish.STOP) {
            clock.roundStarts();
            listener.opens(run.opens());
            listener.roundCommitted(run.rehearse(run.plan(), () -> clock.round(run.version())));
        }
        RunOutcome outcome = new RunOutcome(
                control.wish() == Wish.STOP ? Phase.STOPPED : Phase.DONE,
                "",
                run.round(),
                run.version(),
                OptionalInt.empty(),
                Optional.empty(),
                "",
                base,
                DeviceRecords.rehearsed(run),
                clock.runSeconds());
        listener.phase(outcome.phase());
        listener.finished(outcome);
        return outcome;
    }

    /** The fleet of a scenario before its first round. Reads the data, whose shape gives the model its size. */
    public static FleetPlans fleet(Scenario scenario) {
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        Architecture architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        Algorithm algorithm = Algorithms.of(scenario.algorithm());
        DeviceViews views =
                FleetSurroundings.views(scenario, data, new Fleet(scenario.fleet(), new Seeds(scenario.seed())));
        return new FleetPlans(
                scenario,
                views::trainingCount,
                Workloads.of(
                        architecture,
                        algorithm,
                        algorithm.local(scenario.local()),
                        scenario.keeping().rounding()));
    }

    private static RunInfo info(
            Scenario scenario, FederatedData data, RawData raw, Architecture architecture, FederatedRun run) {
        return new RunInfo(
                scenario.name(),
                scenario.seed(),
                1,
                0,
                scenario.fleet().devices(),
                run.maxRounds(),
                scenario.phases().metric().name().toLowerCase(Locale.ROOT),
                scenario.phases().target().orElse(Double.NaN),
                data.shape().classification(),
                architecture.layout().bytes(),
                architecture.layout().count(),
                run.fleet().tooSmall(),
                "",
                raw.files(),
                true,
                data.notes());
    }
}
