package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private static final Long[] GOLDEN_INITIAL_MODEL = {
        8998179583599335987L, 7819950406015517805L, -6160555881921594267L, 5928447452371387273L
    };
    private static final Long[] GOLDEN_SHUFFLE = {
        -3285295115869404009L, 7978761134256427275L, 3102444781131389837L, 6468927313170491847L
    };
    private static final int[] GOLDEN_COHORT = {8, 7, 4, 6, 3, 9, 5, 1, 0, 2};
    private static final double GOLDEN_GAUSSIAN = 0.3247126852535198;

    private static List<Long> numbers(Rng rng) {
        return LongStream.generate(rng::nextLong).limit(4).boxed().toList();
    }

    /** Numbers that runs of earlier versions were made with: if these change, no earlier run can be repeated. */
    @Test
    void streamsStayAsTheyWereReleased() {
        assertThat(numbers(new Seeds(1).of(Purpose.INITIAL_MODEL))).containsExactly(GOLDEN_INITIAL_MODEL);
        assertThat(numbers(new Seeds(1).of(Purpose.SHUFFLE, 7, 3))).containsExactly(GOLDEN_SHUFFLE);
        assertThat(new Seeds(1).of(Purpose.COHORT, 5).permutation(10)).containsExactly(GOLDEN_COHORT);
        assertThat(new Seeds(-1).of(Purpose.DEVICE_PROFILE, 2).nextGaussian()).isEqualTo(GOLDEN_GAUSSIAN);
    }

    @Test
    void theSameKeyGivesTheSameStream() {
        Seeds seeds = new Seeds(9);
        Rng first = seeds.of(Purpose.PARTITION, 4);
        seeds.of(Purpose.PROXY).nextLong();
        assertThat(numbers(seeds.of(Purpose.PARTITION, 4))).isEqualTo(numbers(first));
    }

    /** Near keys, swapped keys, more keys, other purposes, other seeds: no two streams share a number. */
    @Test
    void noTwoKeysShareAStream() {
        Set<Long> seen = new HashSet<>();
        int streams = 0;
        for (long seed : new long[] {-1, 0, 1, 2, Long.MIN_VALUE}) {
            for (Purpose purpose : Purpose.values()) {
                Rng[] rngs = {
                    new Seeds(seed).of(purpose),
                    new Seeds(seed).of(purpose, 0),
                    new Seeds(seed).of(purpose, 1),
                    new Seeds(seed).of(purpose, -1),
                    new Seeds(seed).of(purpose, 0, 0),
                    new Seeds(seed).of(purpose, 0, 1),
                    new Seeds(seed).of(purpose, 1, 0),
                    new Seeds(seed).of(purpose, 1, 0, 0)
                };
                for (Rng rng : rngs) {
                    seen.addAll(numbers(rng));
                    streams++;
                }
            }
        }
        assertThat(seen).hasSize(4 * streams);
    }

    /** The bits of streams of neighbouring devices agree in about half of the places, as those of strangers do. */
    @Test
    void streamsOfNeighbouringDevicesAreIndependent() {
        long agreeing = 0;
        int devices = 20_000;
        for (int device = 0; device < devices; device++) {
            long here = new Seeds(3).of(Purpose.SHUFFLE, device, 1).nextLong();
            long there = new Seeds(3).of(Purpose.SHUFFLE, device + 1, 1).nextLong();
            agreeing += Long.bitCount(~(here ^ there));
        }
        double share = agreeing / (64.0 * devices);
        // Five standard deviations of 1,280,000 fair coins.
        assertThat(Math.abs(share - 0.5)).isLessThan(5 * 0.5 / Math.sqrt(64.0 * devices));
    }

    @Test
    void purposesHaveDifferentCodes() {
        assertThat(Arrays.stream(Purpose.values()).map(Purpose::code)).doesNotHaveDuplicates();
    }
}
