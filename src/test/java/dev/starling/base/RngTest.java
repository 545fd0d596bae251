package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RngTest {

    private static final int DRAWS = 200_000;

    private static Rng rng() {
        return new Seeds(42).of(Purpose.SHUFFLE, 3);
    }

    /** The first outputs of SplitMix64 for state 1234567, as its authors' reference implementation prints them. */
    @Test
    void theGeneratorIsSplitMix64() {
        Rng rng = new Rng(1234567);
        assertThat(new long[] {rng.nextLong(), rng.nextLong(), rng.nextLong(), rng.nextLong(), rng.nextLong()})
                .containsExactly(
                        6457827717110365317L,
                        3203168211198807973L,
                        -8629252141511181193L,
                        4593380528125082431L,
                        -2037821214251327795L);
    }

    @Test
    void intsAreUniform() {
        int[] counts = new int[7];
        Rng rng = rng();
        for (int i = 0; i < DRAWS; i++) {
            counts[rng.nextInt(7)]++;
        }
        double expected = DRAWS / 7.0;
        double chiSquared = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // 99.99 % of the chi-squared distribution with 6 degrees of freedom.
        assertThat(chiSquared).isLessThan(27.9);
    }

    @Test
    void intsOfAHugeBoundAreUniformToo() {
        // A plain remainder would put two thirds of the draws below half of this bound.
        int bound = (int) (3L << 29);
        Rng rng = rng();
        int low = 0;
        for (int i = 0; i < DRAWS; i++) {
            low += rng.nextInt(bound) < bound / 2 ? 1 : 0;
        }
        assertThat(low / (double) DRAWS).isCloseTo(0.5, within(0.01));
    }

    @Test
    void aBoundMustBePositive() {
        assertThatThrownBy(() -> rng().nextInt(0)).hasMessageContaining("bound must be > 0, got 0");
        assertThatThrownBy(() -> rng().nextGamma(0)).hasMessageContaining("shape must be > 0, got 0");
    }

    @Test
    void doublesHaveTheMomentsOfTheUniformDistribution() {
        assertMoments(Rng::nextDouble, 0.5, 1 / 12.0);
        assertMoments(rng -> rng.uniform(-1, 3), 1, 16 / 12.0);
    }

    @Test
    void gaussiansHaveMeanZeroAndVarianceOne() {
        assertMoments(Rng::nextGaussian, 0, 1);
    }

    @Test
    void gammasHaveMeanAndVarianceOfTheirShape() {
        assertMoments(rng -> rng.nextGamma(3), 3, 3);
        assertMoments(rng -> rng.nextGamma(0.3), 0.3, 0.3);
    }

    @Test
    void logNormalsHaveTheMeanOfTheirParameters() {
        double variance = (Math.exp(0.25) - 1) * Math.exp(2 + 0.25);
        assertMoments(rng -> rng.nextLogNormal(1, 0.5), Math.exp(1.125), variance);
    }

    private static void assertMoments(ToDoubleFunction<Rng> sampler, double mean, double variance) {
        Rng rng = rng();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = sampler.applyAsDouble(rng) - mean;
            sum += value;
            squares += value * value;
        }
        assertThat(sum / DRAWS).isCloseTo(0, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(variance, within(0.05 * variance));
    }

    @Test
    void aPermutationHoldsEveryIndexOnce() {
        int[] order = rng().permutation(1000);
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        Arrays.sort(order);
        for (int i = 0; i < order.length; i++) {
            assertThat(order[i]).isEqualTo(i);
        }
    }

    @Test
    void everyPlaceOfAPermutationIsUniform() {
        int[][] counts = new int[3][3];
        Rng rng = rng();
        for (int i = 0; i < 30_000; i++) {
            int[] order = rng.permutation(3);
            for (int place = 0; place < 3; place++) {
                counts[place][order[place]]++;
            }
        }
        for (int[] places : counts) {
            for (int count : places) {
                assertThat(count).isCloseTo(10_000, within(400));
            }
        }
    }

    @Test
    void shufflingLeavesWhatLiesBehindTheLength() {
        int[] values = {1, 2, 3, 4, 100, 101};
        rng().shuffle(values, 4);
        assertThat(values).endsWith(100, 101).contains(1, 2, 3, 4);
    }

    @Test
    void lookingAheadFindsWhatWillBeDrawn() {
        for (long seed = 0; seed < 50; seed++) {
            Rng looking = new Seeds(seed).of(Purpose.COHORT);
            looking.nextLong();
            double[] ahead = new double[40];
            for (int i = 0; i < ahead.length; i++) {
                ahead[i] = looking.doubleAt(i);
            }
            for (double value : ahead) {
                assertThat(looking.nextDouble()).isEqualTo(value);
            }
        }
    }
}
