package dev.starling.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.model.Backend;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

    @BeforeAll
    static void start() {
        Backend.start();
    }

    /** oneDNN 3.11 gathers pixels eight channels at a time there, and writes beyond its scratch memory for fewer. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, false",
        "3, 1, 2, false",
        "12, 1, 3, false",
        "3, 1, 1, true",
        "8, 1, 2, true",
        "64, 1, 2, true",
        "3, 3, 2, true",
    })
    void aStridedPointConvolutionOfUnevenChannelsIsNotLeftToOneDnn(
            int inChannels, int kernel, int stride, boolean oneDnn) {
        assumeTrue(Kernels.fastest().oneDnn(), "needs oneDNN");
        ConvolutionShape shape = new ConvolutionShape(inChannels, 8, 6, 8, kernel, stride, 0);
        try (Convolution convolution = Convolution.of(shape, Kernels.fastest())) {
            assertThat(convolution).isInstanceOf(oneDnn ? OneDnnConvolution.class : UnfoldedConvolution.class);
        }
    }
}
