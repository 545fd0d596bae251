package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.BaseArchive;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundedUploadTest {

    /** Odd numbers of values, so that half bytes are left over; and statistics. */
    private static final TensorLayout LAYOUT = new TensorLayout(List.of(
            new TensorSpec("weight", List.of(7, 5)),
            new TensorSpec("bias", List.of(3)),
            new TensorSpec("variance", List.of(3), false, false),
            new TensorSpec("still", List.of(9))));

    private static Snapshot base() {
        float[] values = new float[LAYOUT.count()];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() + 1;
        }
        return Snapshot.of(LAYOUT, values);
    }

    private static Snapshot trained() {
        float[] values = base().toFloats();
        Random random = new Random(4);
        for (int i = 0; i < LAYOUT.offset(3); i++) {
            values[i] += (float) random.nextGaussian() / 10;
        }
        // Variances of which one almost vanishes beside a change of almost 1 in all.
        values[LAYOUT.offset(2)] = 1e-4f;
        return Snapshot.of(LAYOUT, values);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void itIsWhatTheDeviceAdoptsInAsManyBytesAsWerePlanned(int bits) {
        AdoptedModel adopted = AdoptedModel.adopt(base(), trained(), bits);
        byte[] upload = RoundedUpload.encode(base(), trained(), bits);

        assertThat(RoundedUpload.decode(upload, base(), bits)).isEqualTo(adopted.model());
        assertThat(VersionCodec.decodeDelta(adopted.payload().toArray(), base()))
                .isEqualTo(adopted.model());
        int values = bits == 8 ? 35 + 3 + 9 : 18 + 2 + 5;
        assertThat(upload).hasSize(3 * 4 + 3 * 4 + values);
        assertThat(RoundedUpload.size(LAYOUT, bits) - upload.length)
                .as("names and shapes, as of any model")
                .isEqualTo(BaseArchive.encodedBytes(LAYOUT) - LAYOUT.bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void runningStatisticsAreNotRounded(int bits) {
        float[] adopted = AdoptedModel.adopt(base(), trained(), bits).model().toFloats();

        assertThat(adopted[0]).isNotEqualTo(trained().toFloats()[0]);
        for (int i = LAYOUT.offset(2); i < LAYOUT.offset(3); i++) {
            assertThat(adopted[i]).isEqualTo(trained().toFloats()[i]);
        }
    }

    /** A base from a file knows names and shapes only: what was rounded is in the payload. */
    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void aPayloadSaysByItselfWhatWasNotRounded(int bits) {
        AdoptedModel adopted = AdoptedModel.adopt(base(), trained(), bits);
        TensorLayout names = new TensorLayout(LAYOUT.tensors().stream()
                .map(tensor -> new TensorSpec(tensor.name(), tensor.shape()))
                .toList());
        Snapshot plain = Snapshot.of(names, base().toFloats());

        assertThat(VersionCodec.decodeDelta(adopted.payload().toArray(), plain).toFloats())
                .containsExactly(adopted.model().toFloats());
    }
}
