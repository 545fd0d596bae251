package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.model.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What personal models of house prices take, where the environment variable STARLING_DATA names the data's directory. */
class HousingDriftTest {

    private static HousingDrift drift;

    @BeforeAll
    static void train() {
        String root = System.getenv("STARLING_DATA");
        assumeTrue(root != null, "STARLING_DATA is not set: the houses are not read");
        assumeTrue(Files.isDirectory(Path.of(String.valueOf(root), "housing")), "there are no houses in " + root);
        drift = new HousingDrift(Path.of(String.valueOf(root)));
    }

    /** Mean over all devices; each payload is decoded and compared. */
    private static double bitsPerParameter(IntFunction<Snapshot> personal) {
        return IntStream.range(0, HousingDrift.DEVICES)
                .mapToDouble(device -> {
                    Snapshot model = personal.apply(device);
                    byte[] payload = VersionCodec.encodeDelta(model, drift.base());
                    assertThat(VersionCodec.decodeDelta(payload, drift.base())).isEqualTo(model);
                    return 8.0 * payload.length / model.layout().count();
                })
                .average()
                .orElseThrow();
    }

    private static double adoptedBits(int bits) {
        return IntStream.range(0, HousingDrift.DEVICES)
                .mapToDouble(device -> {
                    Snapshot trained = drift.personal(device, 5, 1e-3);
                    AdoptedModel adopted = AdoptedModel.adopt(drift.base(), trained, bits);
                    assertThat(VersionCodec.decodeDelta(adopted.payload().toArray(), drift.base()))
                            .isEqualTo(adopted.model());
                    return 8.0 * adopted.payload().size() / trained.layout().count();
                })
                .average()
                .orElseThrow();
    }

    @Test
    void wholeModelsTakeThirteenToSeventeenBitsPerParameterLossless() {
        assertThat(drift.base().layout().count()).isEqualTo(3378);
        assertThat(bitsPerParameter(device -> drift.personal(device, 5, 1e-4))).isBetween(12.0, 15.0);
        assertThat(bitsPerParameter(device -> drift.personal(device, 20, 1e-3))).isBetween(14.0, 18.0);
    }

    @Test
    void headsTakeAQuarterOfABitPerParameterOfTheModel() {
        assertThat(bitsPerParameter(device -> drift.personalHead(device, 20, 1e-3)))
                .isBetween(0.1, 0.3);
    }

    @Test
    void adoptedModelsTakeFiveBitsPerParameterOrTwo() {
        assertThat(adoptedBits(8)).isBetween(3.0, 5.5);
        assertThat(adoptedBits(4)).isBetween(1.0, 2.5);
    }
}
