package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.base.StalledException;
import dev.starling.fleet.RoundPlan.Waste;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.metrics.Spending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plans asynchronous training as events in fleet time, after FedBuff (Nguyen et al., "Federated learning with buffered
 * asynchronous aggregation", AISTATS 2022, algorithm 1) and, with a buffer of one, FedAsync (Xie, Koyejo and Gupta,
 * "Asynchronous federated optimization", 2019, algorithm 1).
 *
 * <p>So many devices are at work at any time. Reports are taken in order of (time, device); every K of them make an
 * update. Whoever has reported, dropped out or taken longer than the deadline is replaced at once, by a device that
 * starts from the version of that moment; at the very moment of an update that is the new one. A device whose report is
 * in the buffer gets new work after the update: in a fleet of fewer devices than work and wait at once, some work waits too. None of this depends on
 * what is trained, so the plan of an update is known before its work is done. Calls must go on from update to update;
 * the same calls give the same plans.
 */
public final class AsyncPlanner {

    /** Draws for one vacancy; if none of them finds a device that is free and eligible, it stays open for now. */
    private static final int MAX_TRIES = 2_000;

    /** After so many the devices of a small fleet are looked at, one by one. */
    private static final int TRIES_BEFORE_LOOKING = 64;

    /** Pieces of work one after the other, without a report among them, that are too many to hope for one. */
    private static final int MOST_FRUITLESS = 100_000;

    /** How long to wait when nobody is at work and nobody can be found: on the first day, then for a year. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long LONG_PATIENCE_MILLIS = 6 * 3_600_000L;

    private static final long DAY_MILLIS = 24 * 3_600_000L;
    private static final long GIVES_UP_MILLIS = 366 * DAY_MILLIS;

    /** A device at work. */
    private final class Flight {

        private final Stint work;
        private final AsyncPlan.Start start;
        private final SimTime ends;
        private final DeviceProfile profile;
        private final long meteredDownload;

        /** What earlier updates have billed of it. */
        private Spending billed = Spending.NOTHING;

        Flight(Stint work, AsyncPlan.Start start, SimTime ends) {
            this.work = work;
            this.start = start;
            this.ends = ends;
            this.profile = works.profile(work.device());
            this.meteredDownload = works.meteredDownload(work.device(), work.from());
        }

        SimTime ends() {
            return ends;
        }

        int device() {
            return work.device();
        }

        /** Bills what it has taken up to {@code moment}, at which it goes on; returns what is new of that. */
        Spending billUntil(SimTime moment) {
            Spending before = billed;
            billed = works.soFar(work, profile, meteredDownload, moment);
            return billed.minus(before);
        }

        /** What nobody has billed yet of all its work. */
        Spending rest() {
            return work.spent().minus(billed);
        }
    }

    private final AsyncSettings settings;
    private final Workload workload;
    private final int devices;
    private final CohortSelector selector;
    private final WorkPlanner works;
    private final ExampleCounts trainingCount;
    private final Askable askable;
    private final double deadlineSeconds;
    private final long deadlineMillis;
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparing(Flight::ends).thenComparing(Flight::device));
    private final Set<Integer> busy = new HashSet<>();
    private int tasks;
    private int vacancies;

    /** As below, for a fleet that is ready all the time. */
    public AsyncPlanner(
            Fleet fleet,
            AsyncSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            CohortSelector selector,
            double deadlineSeconds,
            Seeds seeds) {
        this(fleet, settings, workload, trainingCount, selector, deadlineSeconds, Lives.ALWAYS_ELIGIBLE, seeds);
    }

    /**
     * Of one fleet.
     *
     * @param selector asked for one device after another; its "round" is the number of the task
     * @param trainingCount training examples of a device; devices with none are passed over
     * @param deadlineSeconds longest time that a device may take
     * @param life when devices are eligible
     */
    public AsyncPlanner(
            Fleet fleet,
            AsyncSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            CohortSelector selector,
            double deadlineSeconds,
            EligibleTime life,
            Seeds seeds) {
        this.settings = settings;
        this.workload = workload;
        this.devices = fleet.devices();
        this.selector = selector;
        this.works = new WorkPlanner(fleet, workload, trainingCount, life, seeds);
        this.trainingCount = trainingCount;
        this.askable = new Askable(fleet, workload, life, 0);
        this.deadlineSeconds = deadlineSeconds;
        this.deadlineMillis = WorkPlanner.wholeMillis(deadlineSeconds);
        this.vacancies = settings.concurrency();
    }

    /** The plan of the next update, {@code round} counted from 1, that turns {@code version} into the next. */
    public AsyncPlan next(int round, int version, SimTime now) {
        Window window = new Window(round, now);
        SimTime time = now;
        SimTime alone = now;
        while (window.reports.size() < settings.buffer()) {
            fill(window, version, time);
            if (flights.isEmpty()) {
                requireSomebody(window, time.millisSince(alone));
                time = time.plusMillis(time.millisSince(alone) < DAY_MILLIS ? PATIENCE_MILLIS : LONG_PATIENCE_MILLIS);
                continue;
            }
            // All that happens in one millisecond happens before anybody is replaced.
            SimTime next = flights.element().ends();
            time = next.later(time);
            alone = time;
            while (window.reports.size() < settings.buffer()
                    && !flights.isEmpty()
                    && flights.element().ends().compareTo(time) <= 0) {
                take(window, flights.remove());
            }
        }
        window.reports.forEach(report -> busy.remove(report.device()));
        return window.plan(time);
    }

    /** Throws IllegalStateException if nobody can be hoped for any more: time would not bring a report. */
    private void requireSomebody(Window window, long waitedMillis) {
        if (busy.size() == devices || waitedMillis > GIVES_UP_MILLIS) {
            throw new StalledException("no device was free, eligible and had examples"
                    + (busy.size() == devices ? "" : " for a year") + ": of " + devices + " devices "
                    + window.reports.size() + " have reported, and rounds.asynchronous.buffer is " + settings.buffer());
        }
    }

    /** Versions that devices at work started from: they must stay available. */
    public Set<Integer> versionsInUse() {
        Set<Integer> versions = new TreeSet<>();
        flights.forEach(flight -> versions.add(flight.start.version()));
        return versions;
    }

    private void fill(Window window, int version, SimTime time) {
        for (; vacancies > 0; vacancies--) {
            Stint work = nextWork(time);
            if (work == null) {
                return;
            }
            busy.add(work.device());
            window.asked.add(new Invitation(work.device(), time));
            window.taken.add(work);
            long millis = Math.min(work.millis(), deadlineMillis);
            flights.add(new Flight(work, new AsyncPlan.Start(version, time), time.plusMillis(millis)));
        }
    }

    /** The next device that is free, eligible and has examples; null if a good search finds none. */
    private @Nullable Stint nextWork(SimTime time) {
        if (busy.size() == devices) {
            return null;
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (tries == TRIES_BEFORE_LOOKING && devices <= MAX_TRIES && nobodyTakes(time)) {
                tasks += MAX_TRIES - tries; // The other draws would find nobody either.
                return null;
            }
            tasks++;
            int device = selector.select(tasks, 1).get(0);
            if (!busy.contains(device) && askable.now(device, time, FleetHistory.none())) {
                Stint work = works.stint(tasks, device, time, deadlineSeconds);
                if (!work.declined()) {
                    return work;
                }
            }
        }
        return null;
    }

    private boolean nobodyTakes(SimTime time) {
        return IntStream.range(0, devices)
                .noneMatch(device -> !busy.contains(device)
                        && askable.now(device, time, FleetHistory.none())
                        && trainingCount.of(device, time) > 0);
    }

    private void take(Window window, Flight flight) {
        vacancies++;
        Stint work = flight.work;
        window.ended.add(work);
        window.spent = window.spent.plus(flight.rest());
        if (work.dropOut().isEmpty() && work.millis() > deadlineMillis) {
            window.late++;
        } else if (work.dropOut().isEmpty()) {
            // It stays busy until the update: a device is in a buffer once.
            window.reports.add(flight);
            window.fruitless = 0;
            return;
        }
        if (++window.fruitless > MOST_FRUITLESS) {
            throw new StalledException(window.fruitless + " devices in a row dropped out or took longer than"
                    + " rounds.deadline (" + deadlineSeconds + " s): no update would ever be made");
        }
        busy.remove(work.device());
        window.wasted.add(work);
    }

    /** What happens between two updates. */
    private final class Window {

        private final int round;
        private final SimTime opens;
        private final List<Invitation> asked = new ArrayList<>();
        private final List<Flight> reports = new ArrayList<>();
        private int late;
        private int fruitless;
        private final List<Stint> taken = new ArrayList<>();
        private final List<Stint> ended = new ArrayList<>();
        private final List<Stint> wasted = new ArrayList<>();
        private Spending spent = Spending.NOTHING;

        Window(int round, SimTime opens) {
            this.round = round;
            this.opens = opens;
        }

        AsyncPlan plan(SimTime closes) {
            List<Assignment> reporters = reports.stream()
                    .sorted(Comparator.comparingInt(Flight::device))
                    .map(report -> assignment(report.work, report.ends))
                    .toList();
            Map<Integer, AsyncPlan.Start> starts = new HashMap<>();
            reports.forEach(report -> starts.put(report.device(), report.start));
            Map<Integer, Spending> underWay = new HashMap<>();
            for (Flight flight : flights) {
                spent = spent.plus(flight.billUntil(closes));
                underWay.put(flight.device(), flight.billed);
            }
            RoundPlan plan = new RoundPlan(
                    round,
                    opens,
                    closes,
                    asked,
                    taken,
                    ended,
                    underWay,
                    reporters,
                    late,
                    false,
                    Recruiting.CheckIns.NONE,
                    workload.downBytes() * asked.size(),
                    workload.upBytes() * (reports.size() + late),
                    spent,
                    Waste.of(wasted));
            return new AsyncPlan(plan, starts);
        }

        private Assignment assignment(Stint work, SimTime reportsAt) {
            return new Assignment(work.device(), work.examples(), work.steps(), reportsAt);
        }
    }
}
