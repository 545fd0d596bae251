package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.Phase;
import dev.starling.metrics.SampleRun;
import dev.starling.metrics.StoreWait;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LineProgress progress =
            new LineProgress(new PrintStream(bytes, true, StandardCharsets.US_ASCII), nanos::get);

    private void passSeconds(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    /** What was printed after the heading. */
    private List<String> lines() {
        return bytes.toString(StandardCharsets.US_ASCII).lines().skip(1).toList();
    }

    @Test
    void theHeadingSaysWhatIsAboutToRun() {
        progress.started(SampleRun.info(100));
        assertThat(bytes.toString(StandardCharsets.US_ASCII).lines())
                .containsExactly("sample: 10 devices, 2 parameters, seed 7, 1 node, 2 threads");
    }

    @Test
    void anEvaluatedRoundIsALine() {
        progress.started(SampleRun.info(100));
        passSeconds(2);
        progress.roundCommitted(SampleRun.round(1));
        assertThat(lines())
                .containsExactly(
                        "round   1/100  accuracy 0.0100  4/4 reporters  fleet time 1 min 0 s  200 steps/s  left 3 min 18 s");
    }

    @Test
    void nodesAreShownOnceThereAreSeveral() {
        progress.started(SampleRun.info(100));
        progress.nodes(3, 0);
        passSeconds(2);
        progress.roundCommitted(SampleRun.round(1));
        progress.nodes(3, 1);
        passSeconds(2);
        progress.roundCommitted(SampleRun.round(2));
        progress.nodes(1, 0);
        passSeconds(2);
        progress.roundCommitted(SampleRun.round(3));
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains(" steps/s  3 nodes  left ");
        assertThat(lines().get(1)).contains(" steps/s  2/3 nodes  left ");
        assertThat(lines().get(2)).contains(" steps/s  left ");
    }

    @Test
    void aStoreThatIsAwayIsSeenAtOnceWithItsReasonAndThenNowAndThen() {
        progress.started(SampleRun.info(100));
        for (int second = 1; second <= 12; second++) {
            passSeconds(1);
            progress.store(new StoreWait(10L * second, 5, second, second > 8, "model store x: no room"));
        }
        progress.store(new StoreWait(120, 5, 0, false, ""));
        assertThat(lines())
                .containsExactly(
                        "store away for 1 s, 10 versions wait: model store x: no room",
                        "store away for 6 s, 60 versions wait",
                        "store away for 11 s, 110 versions wait, training waits too",
                        "store is back, 120 versions wait");
    }

    @Test
    void roundsDoNotHideThatTheStoreIsStillAway() {
        progress.started(SampleRun.info(100));
        for (int second = 1; second <= 11; second++) {
            passSeconds(1);
            progress.roundCommitted(SampleRun.round(second));
            progress.store(new StoreWait(10L * second, 5, second, false, "model store x: no room"));
        }
        assertThat(lines())
                .filteredOn(line -> line.startsWith("store away for "))
                .containsExactly(
                        "store away for 1 s, 10 versions wait: model store x: no room",
                        "store away for 6 s, 60 versions wait",
                        "store away for 11 s, 110 versions wait");
    }

    @Test
    void fastRoundsDoNotFloodThePipe() {
        progress.started(SampleRun.info(1000));
        for (int n = 1; n <= 1000; n++) {
            passSeconds(0.01);
            progress.roundCommitted(SampleRun.round(n));
        }
        progress.finished(SampleRun.outcome(1000));
        assertThat(lines()).hasSizeBetween(8, 11);
        assertThat(lines().get(lines().size() - 1)).startsWith("round 1000/1000");
    }

    @Test
    void roundsWithoutEvaluationShowLifeEveryFewSeconds() {
        progress.started(SampleRun.info(100));
        for (int n = 1; n <= 20; n++) {
            passSeconds(1);
            progress.roundCommitted(SampleRun.round(n, Optional.empty()));
        }
        assertThat(lines()).hasSize(4).allMatch(line -> line.contains("accuracy -"));
    }

    @Test
    void aLongRoundShowsItsReports() {
        progress.started(SampleRun.info(100));
        passSeconds(6);
        progress.progress(1, 20, 50);
        progress.progress(1, 21, 50);
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0))
                .startsWith("round   0/100")
                .contains("20/50 reporters")
                .endsWith("left -");
    }

    @Test
    void whyReportsWereRejectedIsToldOncePerKind() {
        progress.started(SampleRun.info(100));
        passSeconds(2);
        progress.roundCommitted(SampleRun.rejected(SampleRun.round(1)));
        passSeconds(2);
        progress.roundCommitted(SampleRun.rejected(SampleRun.round(2)));
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0))
                .isEqualTo(
                        "warning: round 1: 4 of 4 reports rejected; device 5 and 2 more: local training diverged at step 1");
        assertThat(lines().get(1)).isEqualTo("warning: round 1: 4 of 4 reports rejected; device 8: delta is too large");
        assertThat(lines().get(3)).startsWith("round   2/100").contains("0/0 reporters  4 rejected  fleet time");
    }

    @Test
    void devicesThatCouldNotBeEvaluatedAreTold() {
        progress.started(SampleRun.info(100));
        progress.unevaluated(List.of(new FailedDevices("evaluation failed: bad data", 3, 2)));
        assertThat(lines()).containsExactly("warning: not evaluated: device 3 and 1 more: evaluation failed: bad data");
    }

    @Test
    void phasesThatTakeTimeAreNamed() {
        progress.started(SampleRun.info(100));
        progress.phase(Phase.PRE_TRAINING);
        progress.phase(Phase.ROUNDS);
        progress.phase(Phase.PAUSED);
        progress.phase(Phase.EVALUATING);
        assertThat(lines()).containsExactly("pre-training on the proxy data", "paused", "final evaluation");
    }
}
