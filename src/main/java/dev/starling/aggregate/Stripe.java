package dev.starling.aggregate;

import dev.starling.model.LocalResult;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One of the sums among which concurrent folds of a round choose. Whoever calls anything holds {@link #lock}. */
final class Stripe {

    final ReentrantLock lock = new ReentrantLock();
    private final int parameters;
    private final int parts;
    private final boolean keepLosses;
    private final List<Integer> devices = new ArrayList<>();
    private final List<Double> deviceLosses = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    // 8 bytes per parameter and part, so only once a delta comes.
    private @Nullable ExactSum sum;
    private ExactScalar lossSum = ExactScalar.ZERO;
    private ExactScalar deviceLossSum = ExactScalar.ZERO;
    private long steps;
    private long examples;

    /** @param keepLosses whether the loss of each device is kept, besides their sum */
    Stripe(int parameters, int parts, boolean keepLosses) {
        this.parameters = parameters;
        this.parts = parts;
        this.keepLosses = keepLosses;
    }

    FoldResult fold(
            int part, int device, double weight, FloatBuffer values, @Nullable FloatBuffer base, LocalResult result) {
        if (result.diverged()) {
            return diverged(device, result);
        }
        if (!Double.isFinite(result.lossSum()) || result.examples() < 1) {
            return reject(
                    device,
                    "a report must have a finite loss over at least 1 example, got " + result.lossSum() + " over "
                            + result.examples());
        }
        ExactSum into = sum == null ? new ExactSum(parameters, parts) : sum;
        Optional<String> reason = into.add(part, weight, values, base);
        sum = into;
        if (reason.isPresent()) {
            return reject(device, reason.get());
        }
        return counted(device, result);
    }

    FoldResult note(int device, LocalResult result) {
        return result.diverged() ? diverged(device, result) : counted(device, result);
    }

    private FoldResult diverged(int device, LocalResult result) {
        String reason = "local training diverged at step " + result.divergedAtStep() + ", mean loss up to there "
                + result.meanLoss();
        return reject(new Rejection(device, reason, true));
    }

    private FoldResult counted(int device, LocalResult result) {
        double meanLoss = result.examples() == 0 ? 0 : result.meanLoss();
        devices.add(device);
        lossSum = lossSum.plus(result.lossSum());
        deviceLossSum = deviceLossSum.plus(meanLoss);
        if (keepLosses) {
            deviceLosses.add(meanLoss);
        }
        steps += result.steps();
        examples += result.examples();
        return new FoldResult.Counted();
    }

    FoldResult reject(int device, String reason) {
        return reject(new Rejection(device, reason));
    }

    private FoldResult reject(Rejection rejection) {
        rejections.add(rejection);
        return new FoldResult.Rejected(rejection.reason());
    }

    FoldTotals totals() {
        // plus() sorts what is still in order of arrival.
        return new FoldTotals(devices, rejections, lossSum, deviceLossSum, deviceLosses, steps, examples);
    }

    Optional<ExactSum> sum() {
        return Optional.ofNullable(sum);
    }
}
