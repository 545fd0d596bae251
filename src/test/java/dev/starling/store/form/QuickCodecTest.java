package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.DamagedModelException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickCodecTest {

    private static final long[] EXTREMES = {
        0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, -(1L << 32), (1L << 31) - 1, -(1L << 31), 1L << 62
    };

    private static Rng rng(long seed) {
        return new Seeds(seed).of(Purpose.GENERATE_DATA);
    }

    /** Numbers of up to {@code bits} bits, a share of them zero, now and then an extreme one. */
    private static long[] numbers(Rng rng, int count) {
        long[] values = new long[count];
        int bits = rng.nextInt(65);
        double zeros = rng.uniform(-0.5, 1.2);
        for (int i = 0; i < count; i++) {
            if (rng.nextInt(50) == 0) {
                values[i] = EXTREMES[rng.nextInt(EXTREMES.length)];
            } else if (bits > 0 && rng.nextDouble() >= zeros) {
                values[i] = rng.nextLong() >> (64 - bits);
            }
        }
        return values;
    }

    private static long[] decoded(byte[] payload, int count) {
        long[] values = new long[count];
        add(values, 0, count, payload);
        return values;
    }

    /** From the middle of an array, as the transport delivers it. */
    private static void add(long[] sums, int from, int count, byte[] payload) {
        byte[] array = new byte[payload.length + 12];
        Arrays.fill(array, (byte) -7);
        System.arraycopy(payload, 0, array, 5, payload.length);
        QuickCodec.addTo(sums, from, count, array, 5, payload.length);
    }

    @Test
    void anyNumbersComeBack() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = rng(seed);
            long[] values = numbers(rng, 1 + rng.nextInt(seed % 20 == 0 ? 200_000 : 3_000));
            int from = rng.nextInt(values.length);
            int count = rng.nextInt(values.length - from + 1);
            assertThat(decoded(QuickCodec.encode(values, from, count), count))
                    .as("seed %d", seed)
                    .isEqualTo(decoded(QuickCodec.plain(values, from, count), count))
                    .isEqualTo(Arrays.copyOfRange(values, from, from + count));
        }
    }

    @Test
    void numbersAreAddedFromWhereTheyBelong() {
        Rng rng = rng(4);
        long[] values = new long[1_000];
        long[] sums = new long[2_000];
        Arrays.setAll(values, i -> rng.nextLong() >> 2);
        Arrays.setAll(sums, i -> rng.nextLong() >> 2);
        long[] expected = sums.clone();
        for (int i = 0; i < 700; i++) {
            expected[900 + i] += 2 * values[100 + i];
        }
        add(sums, 900, 700, QuickCodec.encode(values, 100, 700));
        add(sums, 900, 700, QuickCodec.plain(values, 100, 700));
        assertThat(sums).isEqualTo(expected);
    }

    @Test
    void sumsThatWrapAreToldOfInEitherFormAndDirection() {
        for (long value : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
            long[] values = {1, value, 2};
            for (byte[] payload : List.of(QuickCodec.encode(values, 0, 3), QuickCodec.plain(values, 0, 3))) {
                long[] sums = {0, Long.signum(value), 0};
                assertThatThrownBy(() -> add(sums, 0, 3, payload)).isInstanceOf(ArithmeticException.class);
            }
        }
    }

    @Test
    void anyModelComesBackFromItsDelta() {
        for (int seed = 0; seed < 200; seed++) {
            RandomModels random = new RandomModels(seed);
            Snapshot against = random.model(random.layout(seed % 20 == 0 ? 100_000 : 500));
            Snapshot model = random.changed(against);
            assertThat(QuickCodec.decodeDelta(QuickCodec.encodeDelta(model, against), against))
                    .as("seed %d", seed)
                    .isEqualTo(model);
        }
    }

    @Test
    void aTrainingStepTakesTwoThirdsOfAModel() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("w", List.of(200, 784))));
        RandomModels random = new RandomModels(1);
        Snapshot before = random.normal(layout);
        byte[] delta = QuickCodec.encodeDelta(random.trained(before, 1e-3), before);
        assertThat(delta.length).isBetween((int) layout.bytes() / 2, (int) (0.72 * layout.bytes()));
        assertThat(QuickCodec.encodeDelta(before, before)).hasSizeLessThan(64);
    }

    @Test
    void fixedPointTakesFiveBytesOfEight() {
        Rng rng = rng(2);
        long[] sums = new long[100_000];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.round(0.01 * rng.nextGaussian() * 0x1p40);
        }
        assertThat(QuickCodec.encode(sums, 0, sums.length)).hasSizeLessThan(5 * sums.length);
        assertThat(QuickCodec.encode(new long[100_000], 0, 100_000)).hasSizeLessThan(32);
    }

    @Test
    void damagedBytesAreRefused() {
        long[] values = numbers(rng(3), 1_000);
        byte[] whole = QuickCodec.encode(values, 0, values.length);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            assertThatThrownBy(() -> decoded(damaged, values.length))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedModelException.class);
        }
        for (int length : List.of(0, 3, 5, whole.length - 1)) {
            assertThatThrownBy(() -> decoded(Arrays.copyOf(whole, length), values.length))
                    .isInstanceOf(DamagedModelException.class);
        }
        assertThatThrownBy(() -> decoded(whole, values.length - 1)).isInstanceOf(DamagedModelException.class);
        assertThatThrownBy(() -> decoded(whole, values.length + 1)).isInstanceOf(DamagedModelException.class);
    }
}
