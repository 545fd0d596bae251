package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.DamagedModelException;
import dev.starling.store.ModelRoot;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots are compared byte by byte: {@link Snapshot#equals} does not go through floats. */
class VersionCodecTest {

    private static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyModelRoundTripsInEveryForm(long seed) {
        RandomModels random = new RandomModels(seed);
        TensorLayout layout = random.layout(seed % 10 == 0 ? 5_000 : 200);
        Snapshot base = random.model(layout);
        Snapshot model = random.changed(base);
        assertThat(VersionCodec.decode(VersionCodec.encode(model), layout)).isEqualTo(model);
        assertThat(VersionCodec.decodeDelta(VersionCodec.encodeDelta(model, base), base))
                .isEqualTo(model);
        Snapshot stranger = random.model(layout);
        assertThat(VersionCodec.decodeDelta(VersionCodec.encodeDelta(model, stranger), stranger))
                .isEqualTo(model);
    }

    @Test
    void everyHighHalfOfAFloatRoundTripsAgainstZeroAndItself() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("all", List.of(1 << 16))));
        float[] values = new float[1 << 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat((i << 16) | (i * 0x9E37 & 0xFFFF));
        }
        Snapshot model = Snapshot.of(layout, values);
        Snapshot zero = Snapshot.of(layout, new float[1 << 16]);
        assertThat(VersionCodec.decode(VersionCodec.encode(model), layout)).isEqualTo(model);
        assertThat(VersionCodec.decodeDelta(VersionCodec.encodeDelta(model, zero), zero))
                .isEqualTo(model);
        assertThat(VersionCodec.decodeDelta(VersionCodec.encodeDelta(zero, model), model))
                .isEqualTo(zero);
    }

    @Test
    void tensorsBeyondOneBlockRoundTrip() {
        TensorLayout layout = new TensorLayout(List.of(
                new TensorSpec("a", List.of(3)),
                new TensorSpec("large", List.of(150_001)),
                new TensorSpec("z", List.of(1))));
        for (long seed = 0; seed < 6; seed++) {
            RandomModels random = new RandomModels(seed);
            Snapshot base = random.model(layout);
            Snapshot model = random.changed(base);
            assertThat(VersionCodec.decode(VersionCodec.encode(model), layout))
                    .as("seed %d", seed)
                    .isEqualTo(model);
            assertThat(VersionCodec.decodeDelta(VersionCodec.encodeDelta(model, base), base))
                    .as("seed %d", seed)
                    .isEqualTo(model);
        }
    }

    @Test
    void theSameModelTakesAFewBytesHoweverLarge() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("w", List.of(100_000))));
        Snapshot model = new RandomModels(1).model(layout);
        assertThat(VersionCodec.encodeDelta(model, model)).hasSize(1 + 1 + 4);
    }

    @Test
    void fewChangesTakeFewBytes() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("w", List.of(100_000))));
        Snapshot base = new RandomModels(1).normal(layout);
        float[] values = base.toFloats();
        for (int i = 0; i < 100; i++) {
            values[i * 997] += 1e-3f;
        }
        // Gaps of 997 take two bytes, values of 20 to 26 bits about three.
        assertThat(VersionCodec.encodeDelta(Snapshot.of(layout, values), base)).hasSizeLessThan(100 * 6 + 20);
    }

    @Test
    void aSmallChangeOfAllValuesIsFarSmallerThanTheModel() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("w", List.of(40_000))));
        RandomModels random = new RandomModels(3);
        Snapshot base = random.normal(layout);
        Snapshot trained = random.trained(base, 1e-5);
        // 1e-5 is 2^-13 of 0.1: of 24 bits, 11 or so are left to tell, and 2 or so for where they start.
        assertThat(8.0 * VersionCodec.encodeDelta(trained, base).length / 40_000)
                .isBetween(10.0, 16.0);
        assertThat(8.0 * VersionCodec.encode(trained).length / 40_000).isBetween(24.0, 28.0);
    }

    @Test
    void differencesAreExactWhereThoseOfFloatsAreNot() {
        float before = 1e8f;
        float after = 1.2345678f;
        assertThat(before + (after - before)).isNotEqualTo(after);
        int difference = FloatOrder.difference(Float.floatToRawIntBits(after), Float.floatToRawIntBits(before));
        assertThat(Float.intBitsToFloat(FloatOrder.applied(difference, Float.floatToRawIntBits(before))))
                .isEqualTo(after);
        assertThat(FloatOrder.difference(Float.floatToRawIntBits(-0f), 0)).isEqualTo(1);
        assertThat(FloatOrder.ordered(Float.floatToRawIntBits(-Float.MIN_VALUE)))
                .isLessThan(FloatOrder.ordered(Float.floatToRawIntBits(-0f)));
    }

    @Test
    void everyFlippedByteAndEveryTruncationIsFound() {
        for (long seed = 0; seed < 12; seed++) {
            RandomModels random = new RandomModels(seed);
            TensorLayout layout = random.layout(60);
            Snapshot base = random.normal(layout);
            Snapshot model = random.changed(base);
            Snapshot trained = random.trained(base, 0.01);
            requireAllDamageFound(seed, VersionCodec.encode(model), model, bytes -> VersionCodec.decode(bytes, layout));
            requireAllDamageFound(
                    seed, VersionCodec.encodeDelta(model, base), model, bytes -> VersionCodec.decodeDelta(bytes, base));
            AdoptedModel adopted = AdoptedModel.adopt(base, trained, 8);
            requireAllDamageFound(
                    seed, adopted.payload().toArray(), adopted.model(), bytes -> VersionCodec.decodeDelta(bytes, base));
        }
    }

    private static void requireAllDamageFound(
            long seed, byte[] payload, Snapshot model, Function<byte[], Snapshot> decode) {
        assertThat(decode.apply(payload)).isEqualTo(model);
        for (int i = 0; i < payload.length; i++) {
            for (int flip : new int[] {1, 0x10, 0x80, 0xFF}) {
                byte[] bad = payload.clone();
                bad[i] ^= (byte) flip;
                assertThatThrownBy(() -> decode.apply(bad))
                        .as("seed %d, byte %d flipped by %x", seed, i, flip)
                        .isInstanceOf(DamagedModelException.class);
            }
        }
        for (int length = 0; length < payload.length + 3; length++) {
            if (length != payload.length) {
                byte[] bad = Arrays.copyOf(payload, length);
                assertThatThrownBy(() -> decode.apply(bad))
                        .as("seed %d, length %d", seed, length)
                        .isInstanceOf(DamagedModelException.class);
            }
        }
    }

    /** Whoever damages bytes may also put the checksum right: then the root must tell, and nothing may break. */
    @Test
    void damageBehindAGoodChecksumBreaksNothingAndNeverGivesAWrongModelUnderTheSameRoot() {
        int found = 0;
        for (long seed = 0; seed < 40; seed++) {
            RandomModels random = new RandomModels(seed);
            TensorLayout layout = random.layout(80);
            Snapshot base = random.normal(layout);
            Snapshot model = random.changed(base);
            byte[] adopted = AdoptedModel.adopt(base, random.trained(base, 0.01), 8)
                    .payload()
                    .toArray();
            for (byte[] payload : List.of(VersionCodec.encode(model), VersionCodec.encodeDelta(model, base), adopted)) {
                for (int i = 0; i < payload.length - 4; i++) {
                    byte[] bad = Arrays.copyOf(payload, payload.length - 4);
                    bad[i] ^= (byte) (1 << (i + seed) % 8);
                    PayloadWriter out = new PayloadWriter();
                    out.put(bad, 0, bad.length);
                    found += refusedOrOther(seed, i, out.sealed(), base, model) ? 1 : 0;
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static boolean refusedOrOther(long seed, int at, byte[] bad, Snapshot base, Snapshot model) {
        for (Function<byte[], Snapshot> decode : List.<Function<byte[], Snapshot>>of(
                bytes -> VersionCodec.decode(bytes, base.layout()), bytes -> VersionCodec.decodeDelta(bytes, base))) {
            try {
                Snapshot other = decode.apply(bad);
                assertThat(ModelRoot.of(other).equals(ModelRoot.of(model)))
                        .as("seed %d, byte %d", seed, at)
                        .isEqualTo(other.equals(model));
            } catch (DamagedModelException e) {
                assertThat(e).hasMessageContaining("the stored bytes of a model are damaged: ");
                return true;
            }
        }
        return false;
    }

    @Test
    void aSnapshotIsNotTakenForADelta() {
        Snapshot model = new RandomModels(1).model(new TensorLayout(List.of(new TensorSpec("w", List.of(3)))));
        assertThatThrownBy(() -> VersionCodec.decodeDelta(VersionCodec.encode(model), model))
                .isInstanceOf(DamagedModelException.class)
                .hasMessageContaining("a delta was expected");
        assertThatThrownBy(() -> VersionCodec.decode(VersionCodec.encodeDelta(model, model), model.layout()))
                .isInstanceOf(DamagedModelException.class)
                .hasMessageContaining("a snapshot was expected");
    }

    @Test
    void modelsOfOtherTensorsHaveNoDelta() {
        Snapshot model = new RandomModels(1).model(new TensorLayout(List.of(new TensorSpec("w", List.of(3)))));
        Snapshot other = new RandomModels(1).model(new TensorLayout(List.of(new TensorSpec("v", List.of(3)))));
        assertThatThrownBy(() -> VersionCodec.encodeDelta(model, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two models of the same tensors");
    }
}
