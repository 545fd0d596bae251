package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs that are paused, stopped, or broken from outside. */
class SteeringTest {

    private static final String SCENARIO = """
            data.source { kind = glyphs, train-examples = 200, test-examples = 20 }
            fleet.devices = 10
            rounds { max = 5, cohort = 4 }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final RunControl control = new RunControl();
    private final List<Phase> phases = new ArrayList<>();

    private RunOutcome run(String settings, RunListener listener) {
        Scenario scenario = ScenarioReader.parse(SCENARIO + settings, "steered.conf");
        NodeSettings node = new NodeSettings("127.0.0.1", OptionalInt.of(0), List.of(), List.of(), 1, List.of());
        return new ClusterSimulator()
                .run(new RunRequest(scenario, node, 1, false, false, directory), control, List.of(listener));
    }

    private class Watching implements RunListener {
        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {
            phases.add(phase);
        }

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {}

        @Override
        public void finished(RunOutcome outcome) {}
    }

    @Test
    void aPausedRunWaitsBetweenRoundsAndEndsWithTheSameModel() {
        String undisturbed = run("", new Watching()).modelRoot();
        phases.clear();
        RunOutcome outcome = run("", new Watching() {
            @Override
            public void roundCommitted(RoundRecord round) {
                if (round.round() == 2) {
                    control.pause();
                }
            }

            @Override
            public void phase(Phase phase) {
                super.phase(phase);
                if (phase == Phase.PAUSED) {
                    control.resume();
                }
            }
        });
        assertThat(phases).containsSubsequence(Phase.ROUNDS, Phase.PAUSED, Phase.ROUNDS, Phase.EVALUATING, Phase.DONE);
        assertThat(outcome.modelRoot()).isEqualTo(undisturbed);
    }

    @Test
    void aStoppedRunKeepsWhatIsCommitted() {
        RunOutcome outcome = run("rounds.max = 1000000", new Watching() {
            @Override
            public void roundCommitted(RoundRecord round) {
                if (round.round() == 2) {
                    control.stop();
                }
            }
        });
        assertThat(outcome.phase()).isEqualTo(Phase.STOPPED);
        assertThat(outcome.rounds()).isGreaterThanOrEqualTo(2).isLessThan(1_000_000);
        assertThat(outcome.version()).isEqualTo(outcome.rounds());
    }

    /** Whoever started the run hears of it, instead of waiting for ever. */
    @Test
    void aCoordinatorThatFailsEndsTheRun() {
        assertThatThrownBy(() -> run("", new Watching() {
                    @Override
                    public void roundCommitted(RoundRecord round) {
                        throw new IllegalStateException("on purpose");
                    }
                }))
                .hasMessageContaining("the coordinator stopped before the run ended");
    }

    @Test
    void theLastRoundIsEvaluatedEvenIfItIsAbandoned() {
        List<RoundRecord> rounds = new ArrayList<>();
        RunOutcome outcome = run(
                "rounds { max = 3, evaluate-every = 2, deadline = 1 milliseconds, minimum-reports = 4 }",
                new Watching() {
                    @Override
                    public void roundCommitted(RoundRecord round) {
                        rounds.add(round);
                    }
                });
        assertThat(rounds).hasSize(3).allMatch(RoundRecord::abandoned);
        assertThat(rounds).extracting(round -> round.evaluation().isPresent()).containsExactly(false, true, true);
        assertThat(outcome.evaluation()).isEqualTo(rounds.get(2).evaluation());
        assertThat(outcome.version()).isZero();
    }
}
