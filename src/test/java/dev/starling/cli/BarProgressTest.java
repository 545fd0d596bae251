package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarProgressTest {

    @Test
    void everythingFitsInEightyColumns() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BarProgress bar =
                new BarProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Terminal(true, 80, true));
        bar.started(SampleRun.info(150));
        bar.roundCommitted(SampleRun.round(97));
        bar.finished(SampleRun.outcome(97));

        List<String> frames = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(frames.get(frames.size() - 1))
                .contains("97/150")
                .contains("accuracy 0.9700")
                .contains("4/4")
                .contains("1 h 37 min")
                .contains("200/s")
                .hasSizeLessThan(80);
    }

    @Test
    void aWarningStandsAloneAboveTheLineThatIsRewritten() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BarProgress bar =
                new BarProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Terminal(true, 120, false));
        bar.started(SampleRun.info(3));
        bar.roundCommitted(SampleRun.rejected(SampleRun.round(1)));
        bar.finished(SampleRun.outcome(1));

        // What a terminal shows: of each line what was printed behind its last carriage return.
        List<String> shown = Arrays.stream(
                        bytes.toString(StandardCharsets.UTF_8).stripTrailing().split("\n", -1))
                .map(line -> line.substring(line.lastIndexOf('\r') + 1).stripTrailing())
                .toList();
        assertThat(shown)
                .contains("warning: round 1: 4 of 4 reports rejected; device 8: delta is too large")
                .anyMatch(line -> line.startsWith("warning: round 1: 4 of 4 reports rejected; device 5 and 2 more"));
        assertThat(shown.get(shown.size() - 1)).contains("4 rejected");
    }

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
        List<String> frames = text.lines().toList();
        assertThat(frames.get(frames.size() - 1))
                .contains("sample")
                .contains("3/3")
                .contains("accuracy 0.0300")
                .contains("200 steps/s");
        assertThat(frames).allMatch(frame -> frame.length() < 140);
        String rewritten = text.substring(text.indexOf('\r')).stripTrailing();
        assertThat(rewritten).doesNotContain("\n");
    }
}
