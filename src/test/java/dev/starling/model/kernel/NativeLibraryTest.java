package dev.starling.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NativeLibraryTest {

    @Test
    void aMissingLibraryIsMissedOnceAndInOneLine() {
        Logger logger = (Logger) LoggerFactory.getLogger(NativeLibrary.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            NativeLibrary missing = new NativeLibrary("Phlogiston", () -> {
                throw new UnsatisfiedLinkError("no phlogiston in path");
            });
            assertThat(missing.available()).isFalse();
            assertThat(missing.available()).isFalse();
            assertThat(lines.list).hasSize(1);
            assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
            assertThat(lines.list.get(0).getFormattedMessage())
                    .contains("Phlogiston cannot be loaded")
                    .contains("no phlogiston in path")
                    .doesNotContain("\n");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void anyMixOfLibrariesComputes() {
        for (boolean openBlas : new boolean[] {true, false}) {
            for (boolean oneDnn : new boolean[] {true, false}) {
                assertThat(Kernels.with(openBlas, oneDnn).oneDnn()).isEqualTo(oneDnn);
            }
        }
        assertThat(Kernels.with(false, false).gemm()).isInstanceOf(PlainGemm.class);
        assertThat(Kernels.with(true, true).gemm()).isInstanceOf(ShapedGemm.class);
    }
}
