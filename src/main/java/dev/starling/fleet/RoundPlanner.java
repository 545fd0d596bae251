package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.Recruiting.Recruits;
import dev.starling.fleet.RoundPlan.Waste;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.Selection;
import dev.starling.fleet.selection.SelectionSettings;
import dev.starling.fleet.selection.Selections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans synchronous rounds in fleet time, after the protocol of Bonawitz et al., "Towards federated learning at
 * scale", MLSys 2019, section 2.2: more devices are asked than needed; a round closes when the needed number of
 * reports is in, or at the deadline, and is abandoned if they are too few.
 *
 * <p>A report arrives after down/bandwidth + flops·examples·epochs/speed + up/bandwidth, rounded up to milliseconds;
 * there is no noise besides the device's own factors. Cost: time and memory of the devices asked.
 */
public final class RoundPlanner {

    /**
     * Where nobody takes the work, for want of examples or because nobody who may be asked is there, the coordinator
     * looks again so much later: examples and devices come with time.
     */
    private static final long RETRY_MILLIS = 10 * 60_000L;

    private final Fleet fleet;
    private final RoundSettings settings;
    private final Workload workload;
    private final Recruiting recruiting;
    private final WorkPlanner works;

    private RoundPlanner(
            Fleet fleet, RoundSettings settings, Workload workload, Recruiting recruiting, WorkPlanner works) {
        this.fleet = fleet;
        this.settings = settings;
        this.workload = workload;
        this.recruiting = recruiting;
        this.works = works;
    }

    /**
     * For a fleet that is ready all the time.
     *
     * @param trainingCount training examples of a device; devices with none decline
     */
    public RoundPlanner(
            Fleet fleet,
            RoundSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            CohortSelector selector,
            Seeds seeds) {
        this(
                fleet,
                settings,
                workload,
                new FromCohorts(selector, new Askable(fleet, workload, Lives.ALWAYS_ELIGIBLE, 0)),
                new WorkPlanner(fleet, workload, trainingCount, Lives.ALWAYS_ELIGIBLE, seeds));
    }

    /**
     * For a fleet with a life of its own.
     *
     * @param fixed who says which devices are asked, if not the settings' strategy
     * @param life when devices are eligible
     */
    public static RoundPlanner of(
            FleetSettings fleetSettings,
            RoundSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            Optional<CohortSelector> fixed,
            EligibleTime life,
            Seeds seeds) {
        Fleet fleet = new Fleet(fleetSettings, seeds);
        return of(fleet, fleetSettings, settings, workload, trainingCount, fixed, life, false, seeds);
    }

    /**
     * As above, of devices as fast as {@code fleet} has them; {@code anyMayRetire} says whether devices can leave the
     * rounds for good.
     */
    public static RoundPlanner of(
            Fleet fleet,
            FleetSettings fleetSettings,
            RoundSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            Optional<CohortSelector> fixed,
            EligibleTime life,
            boolean anyMayRetire,
            Seeds seeds) {
        Askable askable =
                new Askable(fleet, workload, life, fleetSettings.life().coolDownSeconds(), anyMayRetire);
        Recruiting recruiting;
        boolean uniform = settings.selection().kind() == SelectionSettings.Kind.UNIFORM;
        boolean checkIn = fleetSettings.life().checkIn().on();
        if (fixed.isPresent()) {
            recruiting = new FromCohorts(fixed.get(), askable);
        } else if (uniform && !checkIn && askable.always()) {
            recruiting = new FromCohorts(new UniformSelector(fleet.devices(), seeds), askable);
        } else {
            Selection selection = Selections.of(
                    settings.selection(),
                    fleet.devices(),
                    trainingCount,
                    device -> fleet.profile(device).flopsPerSecond(),
                    seeds);
            recruiting = checkIn
                    ? new CheckingIn(fleetSettings, askable, selection, settings.minimumReports(), seeds)
                    : new Searching(fleet.devices(), askable, selection, settings.minimumReports(), seeds);
        }
        return new RoundPlanner(
                fleet, settings, workload, recruiting, new WorkPlanner(fleet, workload, trainingCount, life, seeds));
    }

    /** The plan of {@code round} with nothing remembered of earlier ones. */
    public RoundPlan plan(int round, SimTime now) {
        return plan(round, now, FleetHistory.none());
    }

    /** The plan of {@code round} (from 1), which opens at {@code now} or later: pure, safe to call from any thread. */
    public RoundPlan plan(int round, SimTime now, FleetHistory history) {
        Recruits recruits = recruiting.recruit(round, now, askedCount(), history);
        SimTime deadline = recruits.opens().plusMillis(WorkPlanner.wholeMillis(settings.deadlineSeconds()));
        List<Stint> all = recruits.invitations().stream()
                .map(one -> works.stint(round, one.device(), one.at(), secondsLeft(one, recruits.opens())))
                .toList();
        int took = (int) all.stream().filter(stint -> !stint.declined()).count();
        int needed = Math.min(settings.cohort(), took);
        // The sort is stable: reports of the same millisecond stay in order of selection.
        List<Stint> inTime = all.stream()
                .filter(Stint::finished)
                .sorted(Comparator.comparing(Stint::to))
                .filter(stint -> stint.to().compareTo(deadline) <= 0)
                .limit(needed)
                .toList();
        SimTime closes = closes(recruits, deadline, all, inTime, needed);
        // Who would come only after the close is not asked any more.
        List<Stint> asked = all.stream()
                .filter(stint -> stint.from().compareTo(closes) <= 0)
                .toList();
        return plan(round, now, recruits, asked, inTime, closes, history);
    }

    private RoundPlan plan(
            int round,
            SimTime now,
            Recruits recruits,
            List<Stint> asked,
            List<Stint> inTime,
            SimTime closes,
            FleetHistory history) {
        boolean abandoned = inTime.size() < settings.minimumReports();
        List<Stint> counted = abandoned ? List.of() : inTime;
        List<Stint> taken = asked.stream().filter(stint -> !stint.declined()).toList();
        int finished = (int) taken.stream().filter(Stint::finished).count();
        List<Invitation> invitations = asked.stream()
                .map(stint -> new Invitation(stint.device(), stint.from()))
                .toList();
        int late = finished - counted.size();
        return new RoundPlan(
                round,
                recruits.opens(),
                closes,
                invitations,
                taken,
                taken,
                Map.of(),
                assignments(counted),
                late,
                abandoned,
                recruiting.checkIns(now, closes.plusMillis(pauseMillis()), askedCount(), invitations, history),
                workload.downBytes() * taken.size(),
                workload.upBytes() * finished,
                Stint.spent(taken),
                Waste.of(wasted(taken, counted)));
    }

    /** Fleet time between the close of a round and the opening of the next. */
    public long pauseMillis() {
        return Math.round(settings.pauseSeconds() * 1000);
    }

    /** How many devices each round asks: at most the fleet. */
    public int askedCount() {
        return (int) Math.min(fleet.devices(), settings.askedDevices());
    }

    private double secondsLeft(Invitation invitation, SimTime opens) {
        return settings.deadlineSeconds() - invitation.at().millisSince(opens) / 1000.0;
    }

    /**
     * A round that has its reports closes with the last of them. Who dropped out keeps it open to its deadline, as it
     * might still report; without a deadline it is open until the last device is done or gone. While it looks for
     * devices in place of those that it could not have, it is open too.
     */
    private SimTime closes(Recruits recruits, SimTime deadline, List<Stint> all, List<Stint> inTime, int needed) {
        if (inTime.size() == settings.cohort()) {
            return inTime.get(inTime.size() - 1).to();
        }
        if (inTime.size() < needed && settings.deadlineSeconds() < Double.POSITIVE_INFINITY) {
            return deadline;
        }
        List<SimTime> ends =
                all.stream().filter(stint -> !stint.declined()).map(Stint::to).toList();
        SimTime least = ends.isEmpty() ? recruits.opens().plusMillis(RETRY_MILLIS) : recruits.opens();
        return ends.stream()
                .reduce(recruits.looked().later(least), SimTime::later)
                .earlier(deadline);
    }

    private static List<Assignment> assignments(List<Stint> counted) {
        return counted.stream()
                .sorted(Comparator.comparingInt(Stint::device))
                .map(stint -> new Assignment(stint.device(), stint.examples(), stint.steps(), stint.to()))
                .toList();
    }

    private static List<Stint> wasted(List<Stint> taken, List<Stint> counted) {
        Set<Integer> reporters = counted.stream().map(Stint::device).collect(Collectors.toSet());
        return taken.stream()
                .filter(stint -> !reporters.contains(stint.device()))
                .toList();
    }
}
