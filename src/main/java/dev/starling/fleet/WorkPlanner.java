package dev.starling.fleet;

import dev.starling.base.DropOutReason;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.EligibleTime.Lapse;
import dev.starling.metrics.Spending;
import java.util.Optional;

/** What one device makes of the work it is given: how long it takes, whether it drops out, what it costs. */
public final class WorkPlanner {

    /** Longest time that is told apart, 31,000 years: keeps fleet time inside a long, however slow a device is. */
    private static final double MAX_MILLIS = 1e15;

    /** Less than this above or below a whole millisecond is dust of binary arithmetic: 4.03 s are 4030 ms. */
    private static final double DUST_MILLIS = 1e-6;

    private final Fleet fleet;
    private final Workload workload;
    private final ExampleCounts trainingCount;
    private final EligibleTime life;
    private final Seeds seeds;

    /** @param trainingCount training examples of a device; devices with none decline */
    public WorkPlanner(Fleet fleet, Workload workload, ExampleCounts trainingCount, EligibleTime life, Seeds seeds) {
        this.fleet = fleet;
        this.workload = workload;
        this.trainingCount = trainingCount;
        this.life = life;
        this.seeds = seeds;
    }

    /** The last millisecond in which what is due after {@code seconds} is in time. */
    static long wholeMillis(double seconds) {
        return (long) Math.min(MAX_MILLIS, Math.floor(seconds * 1000 + DUST_MILLIS));
    }

    /**
     * The stint of {@code device} if it is asked at {@code at}. Pure, and one device at a time: whoever hands out work
     * asynchronously can ask too.
     *
     * @param round keys its drop-out; a device is asked once a round
     * @param deadlineSeconds from being asked; only partial work looks at it
     */
    public Stint stint(int round, int device, SimTime at, double deadlineSeconds) {
        int examples = trainingCount.of(device, at);
        if (examples == 0) {
            return new Stint(device, 0, 0, at, at, Optional.empty(), Spending.NOTHING);
        }
        DeviceProfile profile = fleet.profile(device);
        int steps = workload.partialWork() ? stepsInTime(profile, examples, deadlineSeconds) : workload.steps(examples);
        long millis = millis(profile, examples, steps);
        double whole = energy(profile, examples, steps, millis).joules();
        Optional<Lapse> end = life.lapse(
                device, at, at.plusMillis(millis), whole / profile.power().batteryJoules());
        Rng rng = seeds.of(Purpose.DROP_OUT, device, round);
        if (rng.nextDouble() < profile.dropOut()) {
            // It gives up at any point of its work with equal probability.
            SimTime fails = at.plusMillis((long) (rng.nextDouble() * millis));
            if (end.isEmpty() || end.get().at().compareTo(fails) > 0) {
                end = Optional.of(new Lapse(fails, DropOutReason.FAILED));
            }
        }
        SimTime until = end.map(Lapse::at).orElse(at.plusMillis(millis));
        return new Stint(
                device,
                examples,
                steps,
                at,
                until,
                end.map(Lapse::reason),
                energy(profile, examples, steps, until.millisSince(at))
                        .plus(traffic(profile, at, until, end.isEmpty(), device)));
    }

    /**
     * What {@code stint} has taken of its device at {@code moment}, which is not before its beginning, if it goes on
     * then: the download is billed when it begins, the upload when it is done.
     *
     * @param profile of its device
     * @param metered bytes of the download that go over a metered network
     */
    Spending soFar(Stint stint, DeviceProfile profile, long metered, SimTime moment) {
        long millis = moment.earlier(stint.to()).millisSince(stint.from());
        return energy(profile, stint.examples(), stint.steps(), millis)
                .plus(new Spending(0, 0, workload.downBytes(), metered, 0));
    }

    /** Bytes of the download of a base that begins at {@code at} that go over a metered network. */
    long meteredDownload(int device, SimTime at) {
        return life.metered(device, at) ? workload.downBytes() : 0;
    }

    DeviceProfile profile(int device) {
        return fleet.profile(device);
    }

    /**
     * What a stint sends and receives. The base is billed whole to who drops out while it comes, a delta only to who
     * finished; each to the network that the device is on when it begins.
     */
    private Spending traffic(DeviceProfile profile, SimTime at, SimTime until, boolean finished, int device) {
        long metered = meteredDownload(device, at);
        if (!finished) {
            return new Spending(0, 0, workload.downBytes(), metered, 0);
        }
        long upMillis =
                (long) Math.min((double) until.millisSince(at), workload.upBytes() / profile.upBytesPerSecond() * 1000);
        metered += life.metered(device, until.plusMillis(-upMillis)) ? workload.upBytes() : 0;
        return new Spending(0, 0, workload.downBytes() + workload.upBytes(), metered, 0);
    }

    /** Energy of the first {@code millis} of the work: download, training, upload, one after the other. */
    private Spending energy(DeviceProfile profile, int examples, int steps, long millis) {
        double left = millis / 1000.0;
        double down = Math.min(left, workload.downBytes() / profile.downBytesPerSecond());
        left -= down;
        double training = Math.min(left, trainingSeconds(profile, examples, steps));
        left -= training;
        double up = Math.min(left, workload.upBytes() / profile.upBytesPerSecond());
        return new Spending(
                profile.power().computeWatts() * training, profile.power().radioWatts() * (down + up), 0, 0, millis);
    }

    /** The steps whose report arrives by the deadline; 1 if none does, and that one will be late. */
    private int stepsInTime(DeviceProfile profile, int examples, double deadlineSeconds) {
        long deadlineMillis = wholeMillis(deadlineSeconds);
        double trainingSeconds = deadlineSeconds - transferSeconds(profile);
        double budget = trainingSeconds * profile.flopsPerSecond() / workload.flopsPerExample();
        int steps = Math.max(1, workload.stepsWithin(examples, budget));
        // The product above and the sum below may differ in their last bit.
        while (steps > 1 && millis(profile, examples, steps) > deadlineMillis) {
            steps--;
        }
        return steps;
    }

    private long millis(DeviceProfile profile, int examples, int steps) {
        double seconds = transferSeconds(profile) + trainingSeconds(profile, examples, steps);
        return (long) Math.min(MAX_MILLIS, Math.ceil(seconds * 1000 - DUST_MILLIS));
    }

    private double trainingSeconds(DeviceProfile profile, int examples, int steps) {
        return workload.flopsPerExample() * workload.examplesSeen(examples, steps) / profile.flopsPerSecond();
    }

    private double transferSeconds(DeviceProfile profile) {
        return workload.downBytes() / profile.downBytesPerSecond() + workload.upBytes() / profile.upBytesPerSecond();
    }
}
