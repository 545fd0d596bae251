package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.WorkPlanner.Work;
import java.util.Comparator;
import java.util.List;

/**
 * Plans synchronous rounds in fleet time, after the protocol of Bonawitz et al., "Towards federated learning at
 * scale", MLSys 2019, section 2.2: more devices are asked than needed; a round closes when the needed number of
 * reports is in, or at the deadline, and is abandoned if they are too few.
 *
 * <p>A report arrives after down/bandwidth + flops·examples·epochs/speed + up/bandwidth, rounded up to milliseconds;
 * there is no noise besides the device's own factors. Cost: time and memory of the devices asked.
 */
public final class RoundPlanner {

    private final Fleet fleet;
    private final RoundSettings settings;
    private final Workload workload;
    private final CohortSelector selector;
    private final WorkPlanner works;

    /** @param trainingCount training examples of a device; devices with none decline */
    public RoundPlanner(
            Fleet fleet,
            RoundSettings settings,
            Workload workload,
            ExampleCounts trainingCount,
            CohortSelector selector,
            Seeds seeds) {
        this.fleet = fleet;
        this.settings = settings;
        this.workload = workload;
        this.selector = selector;
        this.works = new WorkPlanner(fleet, workload, trainingCount, settings.deadlineSeconds(), seeds);
    }

    /** The plan of {@code round} (from 1), which opens at {@code now}: pure, safe to call from any thread. */
    public RoundPlan plan(int round, SimTime now) {
        List<Integer> asked = selector.select(round, askedCount());
        List<Work> all =
                asked.stream().map(device -> works.work(round, device, now)).toList();
        List<Work> taken = all.stream().filter(work -> !work.declined()).toList();
        // The sort is stable: reports of the same millisecond stay in order of selection.
        List<Work> finished = taken.stream()
                .filter(Work::finished)
                .sorted(Comparator.comparingLong(Work::millis))
                .toList();
        int needed = Math.min(settings.cohort(), taken.size());
        List<Work> inTime = finished.stream()
                .filter(work -> work.millis() <= works.deadlineMillis())
                .limit(needed)
                .toList();
        boolean abandoned = inTime.size() < settings.minimumReports();
        List<Work> counted = abandoned ? List.of() : inTime;
        return new RoundPlan(
                round,
                now,
                now.plusMillis(closesAfterMillis(inTime, needed)),
                asked,
                assignments(counted, now),
                finished.size() - counted.size(),
                taken.size() - finished.size(),
                all.size() - taken.size(),
                abandoned,
                workload.downBytes() * taken.size(),
                workload.upBytes() * finished.size(),
                (millis(taken) - millis(counted)) / 1000.0);
    }

    /** How many devices each round asks: ceil(cohort × over-selection), at most the fleet. */
    public int askedCount() {
        // 10 × 1.1 is a little above 11 in binary and must still ask 11.
        double wanted = Math.ceil(settings.cohort() * settings.overSelection() - 1e-9);
        return (int) Math.min(fleet.devices(), wanted);
    }

    /** Too few reports keep a round open to its deadline; without one, until the last device has given up. */
    private long closesAfterMillis(List<Work> inTime, int needed) {
        if (inTime.size() < needed && settings.deadlineSeconds() < Double.POSITIVE_INFINITY) {
            return works.deadlineMillis();
        }
        return inTime.isEmpty() ? 0 : inTime.get(inTime.size() - 1).millis();
    }

    private static List<Assignment> assignments(List<Work> counted, SimTime now) {
        return counted.stream()
                .sorted(Comparator.comparingInt(Work::device))
                .map(work ->
                        new Assignment(work.device(), work.examples(), work.steps(), now.plusMillis(work.millis())))
                .toList();
    }

    private static long millis(List<Work> works) {
        return works.stream().mapToLong(Work::millis).sum();
    }
}
