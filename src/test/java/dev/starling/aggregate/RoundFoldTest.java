package dev.starling.aggregate;

import static dev.starling.aggregate.Deltas.bits;
import static dev.starling.aggregate.Deltas.direct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Bytes;
import dev.starling.base.Ids;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.LocalResult;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundFoldTest {

    private static final int COUNT = 3000;
    private static final int DEVICES = 200;
    private static final FloatBuffer BASE = direct(Deltas.gaussian(new Seeds(1).of(Purpose.SHUFFLE, -1), COUNT, 1));

    private static LocalResult result(int device) {
        return new LocalResult(3, 30, 1 + device * 0.1, 0);
    }

    /** Every 50th delta is bad. */
    private static FoldResult fold(RoundFold fold, int device) {
        Rng rng = new Seeds(1).of(Purpose.SHUFFLE, device);
        float[] trained = Deltas.gaussian(rng, COUNT, 1);
        if (device % 50 == 0) {
            trained[rng.nextInt(COUNT)] = Float.NaN;
        }
        return fold.fold(device, 1.0 / DEVICES, direct(trained), BASE, result(device));
    }

    private static PartialSum sequentially() {
        RoundFold fold = new RoundFold(COUNT, 1);
        IntStream.range(0, DEVICES).forEach(device -> fold(fold, device));
        return fold.close();
    }

    @Test
    void manyThreadsAndStripesGiveTheBitsOfOne() throws Exception {
        PartialSum expected = sequentially();
        for (int stripes : new int[] {1, 2, 3, 8}) {
            RoundFold fold = new RoundFold(COUNT, stripes);
            inParallel(8, thread -> {
                for (int device = thread; device < DEVICES; device += 8) {
                    fold(fold, device);
                }
            });
            PartialSum partial = fold.close();
            assertThat(bits(partial.sum())).isEqualTo(bits(expected.sum()));
            assertThat(partial.totals()).isEqualTo(expected.totals());
        }
    }

    @Test
    void nodesTogetherGiveTheBitsOfOne() {
        PartialSum expected = sequentially();
        RoundFold left = new RoundFold(COUNT, 2);
        RoundFold right = new RoundFold(COUNT, 2);
        IntStream.range(0, DEVICES).forEach(device -> fold(device % 3 == 0 ? left : right, DEVICES - 1 - device));
        PartialSum sum = left.close();
        PartialSum other = right.close();
        sum.sum().merge(other.sum());
        assertThat(bits(sum.sum())).isEqualTo(bits(expected.sum()));
        assertThat(other.totals().plus(sum.totals())).isEqualTo(expected.totals());
    }

    @Test
    void totalsTellWhoCountedAndWhoDidNot() {
        FoldTotals totals = sequentially().totals();
        assertThat(totals.devices()).hasSize(196).isSorted().doesNotContain(0, 50, 100, 150);
        assertThat(totals.rejections()).extracting(Rejection::device).containsExactly(0, 50, 100, 150);
        assertThat(totals.rejections().get(1).reason()).contains("NaN");
        assertThat(totals.steps()).isEqualTo(196 * 3);
        assertThat(totals.examples()).isEqualTo(196 * 30);
        double lossSum = totals.devices().stream().mapToDouble(d -> 1 + d * 0.1).sum();
        assertThat(totals.meanLoss()).isCloseTo(lossSum / (196 * 30), within(1e-12));
        assertThat(totals.meanDeviceLoss()).isCloseTo(lossSum / 30 / 196, within(1e-12));
    }

    @Test
    void aDeviceCountsOnce() throws Exception {
        RoundFold fold = new RoundFold(COUNT, 4);
        assertThat(fold(fold, 7)).isEqualTo(new FoldResult.Counted());
        Bytes once = bits(copyOf(fold(new RoundFold(COUNT, 1), List.of(7))));
        List<FoldResult> repeated = inParallelResults(fold);
        assertThat(repeated).containsOnly(new FoldResult.Duplicate());
        assertThat(fold.handled()).isEqualTo(1);
        assertThat(bits(fold.close().sum())).isEqualTo(once);
    }

    @Test
    void ofManyCopiesAtOnceExactlyOneCounts() throws Exception {
        RoundFold fold = new RoundFold(COUNT, 4);
        List<FoldResult> results = inParallelResults(fold);
        assertThat(results).filteredOn(FoldResult.Counted.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(FoldResult.Duplicate.class::isInstance).hasSize(7);
        assertThat(fold.close().totals().devices()).containsExactly(7);
    }

    @Test
    void aRejectedDeviceIsNotAskedTwice() {
        RoundFold fold = new RoundFold(COUNT, 1);
        assertThat(fold(fold, 50)).isInstanceOf(FoldResult.Rejected.class);
        assertThat(fold(fold, 50)).isEqualTo(new FoldResult.Duplicate());
    }

    @Test
    void divergedTrainingIsRejectedAndLeavesNothing() {
        RoundFold fold = new RoundFold(2, 1);
        FloatBuffer fine = direct(1, 1);
        assertThat(fold.fold(1, 0.5, fine, fine, new LocalResult(9, 90, Double.NaN, 4)))
                .isEqualTo(new FoldResult.Rejected("local training diverged at step 4, mean loss up to there NaN"));
        assertThat(fold.foldGradient(2, 0.5, fine, new LocalResult(1, 10, Double.POSITIVE_INFINITY, 0)))
                .isInstanceOf(FoldResult.Rejected.class);
        PartialSum partial = fold.close();
        assertThat(partial.sum().toDelta().norm()).isZero();
        assertThat(partial.totals().rejections()).hasSize(2);
        assertThat(partial.totals().meanLoss()).isNaN();
    }

    @Test
    void afterAMistakeTheDeviceMayTryAgain() {
        RoundFold fold = new RoundFold(2, 1);
        assertThatThrownBy(() -> fold.foldGradient(1, 0.5, direct(1), result(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fold.foldGradient(1, 0.5, direct(1, 2), result(1))).isEqualTo(new FoldResult.Counted());
        assertThat(fold.close().sum().toDelta().get(1)).isEqualTo(1);
    }

    @Test
    void aClosedRoundTakesNothingMoreAndStaysAsItIs() {
        RoundFold fold = new RoundFold(COUNT, 2);
        fold(fold, 1);
        PartialSum partial = fold.close();
        Bytes before = bits(partial.sum());
        assertThat(fold(fold, 2)).isEqualTo(new FoldResult.Closed());
        assertThat(fold.close()).isSameAs(partial);
        assertThat(bits(partial.sum())).isEqualTo(before);
    }

    @Test
    void partialSumsThatShareADeviceAreRefused() {
        FoldTotals one = fold(new RoundFold(COUNT, 1), List.of(1, 50)).totals();
        FoldTotals two = fold(new RoundFold(COUNT, 1), List.of(2, 50)).totals();
        assertThatThrownBy(() -> one.plus(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("both have 50");
    }

    private static PartialSum fold(RoundFold fold, List<Integer> devices) {
        devices.forEach(device -> fold(fold, device));
        return fold.close();
    }

    private static ExactSum copyOf(PartialSum partial) {
        ExactSum copy = new ExactSum(COUNT);
        copy.merge(partial.sum());
        return copy;
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    @Test
    void itIsNeverDoneByThoseAwaitedIfAnotherWasBeforeThem() throws Exception {
        List<RoundFold> folds =
                Stream.generate(() -> new RoundFold(1, 1)).limit(20_000).toList();
        LocalResult result = new LocalResult(1, 10, 5, 0);
        CyclicBarrier begin = new CyclicBarrier(2);
        inParallel(2, thread -> {
            for (RoundFold fold : folds) {
                begin.await(10, TimeUnit.SECONDS);
                if (thread == 0) {
                    for (int device : new int[] {3, 5, 4}) {
                        assertThat(fold.note(device, result)).isInstanceOf(FoldResult.Counted.class);
                    }
                } else {
                    while (fold.handled() < 3) {
                        assertThat(fold.isDoneBy(Ids.of(3, 4))).isFalse();
                    }
                }
            }
        });
    }

    private static List<FoldResult> inParallelResults(RoundFold fold) throws Exception {
        List<FoldResult> results = Collections.synchronizedList(new ArrayList<>());
        inParallel(8, thread -> results.add(fold(fold, 7)));
        return results;
    }

    private static void inParallel(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    work.run(thread);
                    return null;
                }));
            }
            AssertionError failed = new AssertionError("a thread failed");
            for (Future<?> future : futures) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    failed.addSuppressed(e);
                }
            }
            if (failed.getSuppressed().length > 0) {
                throw failed;
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
