package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarProgressTest {

    @Test
    void oneLineIsRewrittenAndFitsTheTerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BarProgress bar =
                new BarProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Terminal(true, 140, false));
        bar.started(SampleRun.info(3));
        for (int n = 1; n <= 3; n++) {
            bar.roundCommitted(SampleRun.round(n));
        }
        bar.finished(SampleRun.outcome(3));

        String text = bytes.toString(StandardCharsets.UTF_8);
        String[] frames = text.stripTrailing().split("\r");
        assertThat(frames[frames.length - 1])
                .contains("sample")
                .contains("3/3")
                .contains("accuracy 0.0300")
                .contains("200 steps/s");
        assertThat(frames).allMatch(frame -> frame.length() <= 140);
        assertThat(text.stripTrailing()).doesNotContain("\n");
    }
}
