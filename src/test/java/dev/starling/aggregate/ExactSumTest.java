package dev.starling.aggregate;

import static dev.starling.aggregate.Deltas.bits;
import static dev.starling.aggregate.Deltas.direct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Bytes;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.store.DamagedModelException;
import dev.starling.store.form.QuickCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    /** More than two blocks, the last one short. */
    private static final int COUNT = 2 * FixedPoint.BLOCK + 37;

    private record Report(double weight, FloatBuffer trained, FloatBuffer base) {
        void addTo(ExactSum sum) {
            assertThat(sum.add(weight, trained, base)).isEmpty();
        }
    }

    /** Deltas of very different sizes, and weights that add up to 1. */
    private static List<Report> reports(Rng rng, int reporters, int count) {
        FloatBuffer base = direct(Deltas.gaussian(rng, count, 1));
        float[] shares = new float[reporters];
        double total = 0;
        for (int i = 0; i < reporters; i++) {
            shares[i] = 1 + rng.nextInt(600);
            total += shares[i];
        }
        List<Report> reports = new ArrayList<>();
        for (float share : shares) {
            float[] trained = Deltas.gaussian(rng, count, StrictMath.pow(10, rng.uniform(-6, 4)));
            reports.add(new Report(share / total, direct(trained), base));
        }
        return reports;
    }

    private static ExactSum sum(List<Report> reports, int count) {
        ExactSum sum = new ExactSum(count);
        reports.forEach(report -> report.addTo(sum));
        return sum;
    }

    @Test
    void thousandsOfOrdersAndSplitsGiveTheSameBits() {
        for (long seed = 0; seed < 20; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.SHUFFLE);
            List<Report> reports = reports(rng, 13, 61);
            Bytes expected = bits(sum(reports, 61));
            for (int trial = 0; trial < 250; trial++) {
                List<ExactSum> parts = new ArrayList<>();
                int split = 1 + rng.nextInt(5);
                for (int i = 0; i < split; i++) {
                    parts.add(new ExactSum(61));
                }
                for (int index : rng.permutation(reports.size())) {
                    reports.get(index).addTo(parts.get(rng.nextInt(split)));
                }
                ExactSum merged = new ExactSum(61);
                for (int part : rng.permutation(split)) {
                    if (rng.nextInt(2) == 0) {
                        merged.merge(parts.get(part));
                    } else {
                        merged.addBytes(17, 44, parts.get(part).bytes(17, 44));
                        merged.addBytes(0, 17, parts.get(part).bytes(0, 17));
                    }
                }
                assertThat(bits(merged)).as("seed %d, trial %d", seed, trial).isEqualTo(expected);
            }
        }
    }

    @Test
    void floatSumsWouldDependOnTheOrder() {
        // Guards the test above: its data must be able to show a difference.
        Rng rng = new Seeds(0).of(Purpose.SHUFFLE);
        List<Report> reports = reports(rng, 13, 61);
        double forward = 0;
        double backward = 0;
        for (int i = 0; i < 13; i++) {
            Report first = reports.get(i);
            Report last = reports.get(12 - i);
            forward += first.weight * (first.trained.get(5) - first.base.get(5));
            backward += last.weight * (last.trained.get(5) - last.base.get(5));
        }
        assertThat(forward).isNotEqualTo(backward);
    }

    @Test
    void roundingIsHalfEvenToUnitsOfTwoToTheMinusForty() {
        float half = 0x1p-41f;
        ExactSum sum = new ExactSum(8);
        float[] values = {half, 3 * half, 5 * half, -half, -3 * half, 0x1.8p-42f, 0x1.8p-41f, -0f};
        assertThat(sum.add(1, direct(values))).isEmpty();
        double unit = 0x1p-40;
        double[] expected = {0, 2 * unit, 2 * unit, 0, -2 * unit, 0, unit, 0};
        for (int i = 0; i < expected.length; i++) {
            assertThat(sum.toDelta().get(i) + 0.0).as("value %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void quickAndCarefulRoundingAgree() {
        // One large value per block forces the careful way; the others must come out as without it.
        Rng rng = new Seeds(4).of(Purpose.SHUFFLE);
        for (double weight : new double[] {1, 0.3, -0.7, 1e-3, 1e-9, -1e-11, 1e-15, 0}) {
            for (double size : new double[] {1e-9, 1e-3, 1, 1000, 2047}) {
                float[] values = Deltas.gaussian(rng, FixedPoint.BLOCK, size);
                ExactSum quick = new ExactSum(FixedPoint.BLOCK);
                assertThat(quick.add(weight, direct(values))).isEmpty();
                values[7] = FixedPoint.LIMIT;
                ExactSum careful = new ExactSum(FixedPoint.BLOCK);
                assertThat(careful.add(weight, direct(values))).isEmpty();
                assertThat(careful.bytes(8, 1016)).as("%s · %s", weight, size).isEqualTo(quick.bytes(8, 1016));
                assertThat(careful.toDelta().get(7)).isCloseTo(weight * FixedPoint.LIMIT, within(1e-9));
            }
        }
    }

    @Test
    void aRejectedDeltaLeavesTheSumUntouched() {
        Rng rng = new Seeds(9).of(Purpose.SHUFFLE);
        ExactSum sum = sum(reports(rng, 3, COUNT), COUNT);
        Bytes before = bits(sum);
        float beyond = Math.nextUp(FixedPoint.LIMIT);
        for (float bad :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, beyond, -beyond, 3e38f}) {
            for (int place : new int[] {0, 1023, 1024, 2047, 2048, COUNT - 1}) {
                for (double weight : new double[] {0.5, -0.5, 1e-6, 1e-12, 0}) {
                    float[] values = Deltas.gaussian(rng, COUNT, 10);
                    values[place] = bad;
                    String at = bad + " at " + place + " by " + weight;
                    assertThat(sum.add(weight, direct(values)))
                            .as(at)
                            .hasValueSatisfying(reason -> assertThat(reason)
                                    .contains("within ±1048576, got " + bad + " for parameter " + place));
                    assertThat(sum.add(weight, direct(values), direct(new float[COUNT])))
                            .as(at)
                            .isPresent();
                    assertThat(bits(sum)).as(at).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void aRejectedDeltaTakesNoWeight() {
        ExactSum sum = new ExactSum(1);
        for (int i = 0; i < 10; i++) {
            assertThat(sum.add(1, direct(Float.NaN))).isPresent();
        }
        assertThat(sum.add(4, direct(0.25f))).isEmpty();
        assertThat(sum.toDelta().get(0)).isEqualTo(1);
    }

    @Test
    void theWorstThatIsAllowedDoesNotWrap() {
        ExactSum sum = new ExactSum(2);
        for (int i = 0; i < 4; i++) {
            assertThat(sum.add(1, direct(FixedPoint.LIMIT, -FixedPoint.LIMIT))).isEmpty();
        }
        assertThat(sum.toDelta().get(0)).isEqualTo(4 * 1048576.0);
        assertThat(sum.toDelta().get(1)).isEqualTo(-4 * 1048576.0);
        assertThatThrownBy(() -> sum.add(0.001, direct(0, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must add up to at most 4");
        assertThatThrownBy(() -> sum.merge(sum)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sum.addBytes(0, 2, sum.bytes(0, 2))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void bytesThatWouldWrapAreRefused() {
        ExactSum sum = new ExactSum(1);
        Bytes large = Bytes.owning(QuickCodec.encode(new long[] {0x60L << 56}, 0, 1));
        sum.addBytes(0, 1, large);
        assertThatThrownBy(() -> sum.addBytes(0, 1, large)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sum.addBytes(0, 1, Bytes.owning(new byte[12])))
                .isInstanceOf(DamagedModelException.class);
        assertThatThrownBy(() -> sum.addBytes(0, 2, large)).hasMessageContaining("got 2 from parameter 0");
        assertThatThrownBy(() -> sum.addBytes(1, 1, large)).hasMessageContaining("from parameter 1");
    }

    @Test
    void buffersAreReadFromTheirPositionWhateverTheirOrder() {
        FloatBuffer shifted = direct(9, 9, 1.5f, -2).position(2);
        FloatBuffer swapped = ByteBuffer.allocate(8)
                .order(ByteOrder.BIG_ENDIAN)
                .asFloatBuffer()
                .put(0, new float[] {0.5f, 1});
        ExactSum sum = new ExactSum(2);
        assertThat(sum.add(1, shifted, swapped)).isEmpty();
        assertThat(sum.toDelta().get(0)).isEqualTo(1);
        assertThat(sum.toDelta().get(1)).isEqualTo(-3);
        assertThat(shifted.position()).isEqualTo(2);
    }

    @Test
    void partsAreSumsOfTheirOwn() {
        ExactSum sum = new ExactSum(2, 3);
        assertThat(sum.count()).isEqualTo(6);
        assertThat(sum.add(1, 0.5, direct(3, 4), direct(1, 1))).isEmpty();
        assertThat(sum.add(2, 1, direct(8, 9), null)).isEmpty();
        assertThat(sum.add(1, 1, direct(1, Float.NaN), null)).isPresent();
        double[] found =
                IntStream.range(0, 6).mapToDouble(i -> sum.toDelta().get(i)).toArray();
        assertThat(found).containsExactly(0, 0, 1, 1.5, 8, 9);
        assertThatThrownBy(() -> sum.add(3, 1, direct(1, 1), null)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sum.add(0, 1, direct(1, 1, 1), null)).hasMessageContaining("must have 2 values");
    }

    @Test
    void wrongSizesAndWeightsAreMistakes() {
        ExactSum sum = new ExactSum(2);
        assertThatThrownBy(() -> sum.add(1, direct(1))).hasMessageContaining("values must have 2 values");
        assertThatThrownBy(() -> sum.add(1, direct(1, 1), direct(1))).hasMessageContaining("base must have 2 values");
        assertThatThrownBy(() -> sum.add(Double.NaN, direct(1, 1))).hasMessageContaining("must be finite, got NaN");
        assertThatThrownBy(() -> sum.merge(new ExactSum(3))).hasMessageContaining("got 3");
    }

    @Test
    void aScalarSumIsExactInAnyOrder() {
        Rng rng = new Seeds(2).of(Purpose.SHUFFLE);
        double[] terms = new double[50];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = rng.nextGaussian() * StrictMath.pow(10, rng.uniform(-20, 20));
        }
        ExactScalar expected = ExactScalar.ZERO;
        for (double term : terms) {
            expected = expected.plus(term);
        }
        for (int trial = 0; trial < 1000; trial++) {
            ExactScalar left = ExactScalar.ZERO;
            ExactScalar right = ExactScalar.ZERO;
            for (int i : rng.permutation(terms.length)) {
                if (rng.nextInt(2) == 0) {
                    left = left.plus(terms[i]);
                } else {
                    right = right.plus(terms[i]);
                }
            }
            assertThat(left.plus(right).toDouble()).isEqualTo(expected.toDouble());
        }
        assertThat(ExactScalar.ZERO.plus(1e16).plus(1).plus(-1e16).toDouble()).isEqualTo(1);
    }
}
