package dev.starling.coordinator;

import dev.starling.algorithm.Algorithm;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.ExampleCounts;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.RoundPlanner;
import dev.starling.fleet.RoundSettings;
import dev.starling.fleet.Workload;
import dev.starling.model.Architecture;
import dev.starling.scenario.PersonalSettings;
import dev.starling.scenario.PersonalSettings.Policy;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plans what devices do with their own models: all of them at once, each in its own time and without a deadline. A
 * session costs no bytes, an app update the download of the base.
 */
final class SessionPlans {

    private final PersonalSettings settings;
    private final List<Integer> devices;
    private final RoundPlanner sessions;
    private final RoundPlanner updates;

    SessionPlans(
            Scenario scenario, Architecture trained, Algorithm algorithm, Fleet fleet, ExampleCounts trainingCount) {
        Seeds seeds = new Seeds(scenario.seed());
        this.settings = scenario.personal();
        this.devices = settings.any() ? chosen(scenario.fleet().devices(), settings.share(), seeds) : List.of();
        Workload whole = Workloads.of(
                trained, algorithm, settings.local(), scenario.keeping().rounding());
        boolean trains = settings.update()
                .map(update -> update.policy() == Policy.RETRAIN)
                .orElse(false);
        this.sessions = planner(fleet, whole.without(true, true), trainingCount, seeds);
        Workload delivery = whole.without(false, true);
        this.updates = planner(fleet, trains ? delivery : delivery.withMaxSteps(1), trainingCount, seeds);
    }

    private static List<Integer> chosen(int devices, double share, Seeds seeds) {
        return IntStream.range(0, devices)
                .filter(device -> seeds.of(Purpose.PERSONAL, device).nextDouble() < share)
                .boxed()
                .toList();
    }

    private RoundPlanner planner(Fleet fleet, Workload workload, ExampleCounts trainingCount, Seeds seeds) {
        int count = Math.max(1, devices.size());
        RoundSettings all =
                new RoundSettings(count, 1, Double.POSITIVE_INFINITY, 1, 0, Optional.empty(), Optional.empty());
        return new RoundPlanner(fleet, all, workload, trainingCount, (round, wanted) -> devices, seeds);
    }

    /** Who has a model of its own: the same at every call. */
    List<Integer> devices() {
        return devices;
    }

    RoundPlan session(int round, SimTime now) {
        return sessions.plan(round, now);
    }

    RoundPlan update(int round, SimTime now) {
        return updates.plan(round, now);
    }

    /** When the next session may begin. */
    SimTime nextOpens(RoundPlan plan) {
        return plan.closes().plusMillis(Math.round(settings.pauseSeconds() * 1000));
    }
}
