package dev.starling.coordinator;

import dev.starling.base.Causes;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.CohortFile;
import dev.starling.data.TraceFile;
import dev.starling.fleet.Askable;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.AsyncPlan;
import dev.starling.fleet.AsyncPlanner;
import dev.starling.fleet.AsyncSettings;
import dev.starling.fleet.AvailabilitySettings.Traced;
import dev.starling.fleet.CohortSelector;
import dev.starling.fleet.ExampleCounts;
import dev.starling.fleet.FixedCohorts;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.FleetHours;
import dev.starling.fleet.FleetSettings;
import dev.starling.fleet.Lives;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.RoundPlanner;
import dev.starling.fleet.Stint;
import dev.starling.fleet.UniformSelector;
import dev.starling.fleet.Workload;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.TracedLife;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.metrics.FleetFigures;
import dev.starling.metrics.FleetHour;
import dev.starling.metrics.Staleness;
import dev.starling.scenario.PersonalSettings.Source;
import dev.starling.scenario.Scenario;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fleet of one run: plans rounds, and remembers of committed ones what later plans need. Where a plan does not need
 * what the round before it brings, it can be made while that round is under way.
 */
public final class FleetPlans {

    private final FleetSettings settings;
    private final Workload workload;
    private final ExampleCounts trainingCount;
    private final Fleet fleet;
    private final Availability availability;
    private final RoundPlanner planner;
    private final AsyncPlanner updates;
    private final FleetHistory history;
    private final FleetHours hours;
    private final boolean needsLosses;
    private final boolean asynchronous;

    /** The plan that is being made ahead; it alone uses the history meanwhile. */
    private @Nullable Ahead ahead;

    /** The last round that the history knows. */
    private int noted;

    private record Ahead(int round, SimTime opens, CompletableFuture<RoundPlan> plan) {}

    /** Reads the scenario's trace and cohort files, if it has any; InputException if one cannot be used. */
    public FleetPlans(Scenario scenario, ExampleCounts trainingCount, Workload workload) {
        Seeds seeds = new Seeds(scenario.seed());
        this.settings = scenario.fleet();
        this.workload = workload;
        this.trainingCount = trainingCount;
        this.fleet = Fleet.of(settings, workload.flopsPerExample(), seeds);
        this.availability = Lives.availability(settings.life(), traced(settings), seeds);
        EligibleTime life = new EligibleTime(availability, settings.life().eligible());
        Optional<CohortSelector> fixed = scenario.rounds().cohorts().map(file -> fixed(file, settings.devices()));
        this.planner = RoundPlanner.of(
                fleet,
                settings,
                scenario.rounds(),
                workload,
                trainingCount,
                fixed,
                life,
                scenario.personal()
                        .update()
                        .filter(update -> update.base() == Source.ROUNDS)
                        .isPresent(),
                seeds);
        this.updates = new AsyncPlanner(
                fleet,
                scenario.rounds().asynchronous().orElse(new AsyncSettings(1, 1, 0, 1, false)),
                workload,
                trainingCount,
                fixed.orElseGet(() -> new UniformSelector(settings.devices(), seeds)),
                scenario.rounds().deadlineSeconds(),
                life,
                seeds);
        this.history =
                FleetHistory.of(scenario.rounds().selection(), settings.life().coolDownSeconds());
        this.asynchronous = scenario.rounds().asynchronous().isPresent();
        this.needsLosses = scenario.rounds().selection().needsLosses();
        this.hours = new FleetHours(settings, new Askable(fleet, workload, life, 0), seeds);
    }

    private static Availability traced(FleetSettings settings) {
        return settings.life().availability() instanceof Traced traced
                ? new TracedLife(TraceFile.read(traced.file()), settings.start())
                : Availability.ALWAYS;
    }

    private static CohortSelector fixed(Path file, int devices) {
        CohortFile cohorts = CohortFile.read(file, devices);
        return new FixedCohorts(
                file.toString(),
                IntStream.range(0, cohorts.rounds()).mapToObj(cohorts::devices).toList(),
                devices);
    }

    public Fleet fleet() {
        return fleet;
    }

    /** What its devices are up to. */
    public Availability availability() {
        return availability;
    }

    /** The fleet hour by hour. */
    public FleetHours hours() {
        return hours;
    }

    public Workload workload() {
        return workload;
    }

    /** Training examples that {@code device} holds at {@code moment}. */
    int examples(int device, SimTime moment) {
        return trainingCount.of(device, moment);
    }

    /** Devices whose memory cannot hold the model and a batch. */
    public long tooSmall() {
        return fleet.tooSmall(workload.memoryBytes());
    }

    RoundPlan plan(int round, SimTime now) {
        Ahead made = ahead;
        if (made != null && made.round() == round && made.opens().equals(now)) {
            ahead = null;
            return awaited(made);
        }
        settle();
        return planner.plan(round, now, history);
    }

    /** Begins to make the plan of {@code round}, on a thread of its own. */
    void planAhead(int round, SimTime now) {
        settle();
        ahead = new Ahead(round, now, CompletableFuture.supplyAsync(() -> planner.plan(round, now, history)));
    }

    /** Begins to plan what follows {@code running}, which is not committed yet, if that can be known already. */
    void planAfter(RoundPlan running) {
        if (!needsLosses) {
            settle();
            remember(running, Map.of());
            planAhead(running.round() + 1, nextOpens(running));
        }
    }

    private static RoundPlan awaited(Ahead made) {
        try {
            return made.plan().join();
        } catch (CompletionException e) {
            throw Causes.of(e) instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Drops a plan that was made ahead for nothing: the history is free again. */
    private void settle() {
        if (ahead != null) {
            ahead.plan().handle((plan, failure) -> plan).join();
            ahead = null;
        }
    }

    /** Devices that leave the rounds to go on by themselves; asynchronous work that is under way is given up. */
    void retire(List<Integer> devices) {
        settle();
        history.retire(devices);
        if (asynchronous) {
            hours.giveUp();
        }
    }

    private void remember(RoundPlan plan, Map<Integer, Double> losses) {
        if (noted < plan.round()) {
            noted = plan.round();
            history.note(plan.round(), plan.invitations(), reports(plan, losses));
            plan.nextPace().ifPresent(history::note);
        }
    }

    /** The next update of asynchronous training; to be asked for once. */
    AsyncPlan update(int round, int version, SimTime now) {
        return updates.next(round, version, now);
    }

    /** Versions that devices at work started from. */
    Set<Integer> versionsInUse() {
        return updates.versionsInUse();
    }

    /** When the round after {@code plan} opens at the earliest; asynchronously nothing pauses between updates. */
    SimTime nextOpens(RoundPlan plan) {
        return asynchronous ? plan.closes() : plan.closes().plusMillis(planner.pauseMillis());
    }

    /**
     * Notes a committed round.
     *
     * @param losses mean training loss by device, as far as it is known
     * @param staleness of the reports that count
     * @param now when the next round may open
     * @param last whether the run ends with it
     */
    FleetFigures note(RoundPlan plan, Map<Integer, Double> losses, Staleness staleness, SimTime now, boolean last) {
        remember(plan, losses);
        hours.note(plan);
        List<FleetHour> over = last ? hours.last(plan.closes()) : hours.over(now);
        return new FleetFigures(
                plan.declined(),
                plan.stints().size(),
                plan.dropOuts(),
                plan.spent().awakeSeconds(),
                plan.wastedDeviceSeconds(),
                plan.wasted().bytes(),
                plan.joules(),
                plan.wasted().joules(),
                plan.meteredBytes(),
                plan.checkInsServed(),
                plan.checkInsRefused(),
                staleness,
                over);
    }

    private static List<FleetHistory.Report> reports(RoundPlan plan, Map<Integer, Double> losses) {
        Map<Integer, Stint> stints = new HashMap<>();
        plan.ended().forEach(stint -> stints.put(stint.device(), stint));
        return plan.reporters().stream()
                .map(Assignment::device)
                .flatMap(device -> Stream.ofNullable(stints.get(device)))
                .map(stint -> new FleetHistory.Report(
                        stint.device(),
                        stint.to().millisSince(stint.from()) / 1000.0,
                        losses.getOrDefault(stint.device(), Double.NaN),
                        stint.examples()))
                .toList();
    }
}
