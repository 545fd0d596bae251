package dev.starling.coordinator;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fleet of one run: plans rounds, and remembers of committed ones what later plans need. */
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
        return planner.plan(round, now, history);
    }

    /** Devices that leave the rounds to go on by themselves. */
    void retire(List<Integer> devices) {
        history.retire(devices);
    }

    /** The next update of asynchronous training; to be asked for once. */
    AsyncPlan update(int round, int version, SimTime now) {
        return updates.next(round, version, now);
    }

    /** Versions that devices at work started from. */
    Set<Integer> versionsInUse() {
        return updates.versionsInUse();
    }

    /** When the round after {@code plan} opens at the earliest. */
    SimTime nextOpens(RoundPlan plan) {
        return plan.closes().plusMillis(planner.pauseMillis());
    }

    /**
     * Notes a committed round.
     *
     * @param losses mean training loss by device, as far as it is known
     * @param staleness of the reports that count
     * @param last whether the run ends with it
     */
    FleetFigures note(RoundPlan plan, Map<Integer, Double> losses, Staleness staleness, boolean last) {
        history.note(plan.round(), plan.invitations(), reports(plan, losses));
        plan.nextPace().ifPresent(history::note);
        hours.note(plan);
        List<FleetHour> over = hours.over(nextOpens(plan), last);
        return new FleetFigures(
                plan.declined(),
                plan.stints().size(),
                plan.dropOuts(),
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
        plan.stints().forEach(stint -> stints.put(stint.device(), stint));
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
