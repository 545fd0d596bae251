package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.protocol.Expected;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished runs that are given more rounds: they end as if they had had them from the start. */
class MoreRoundsTest {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 300, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.2
            }
            model.network = "mlp(12)"
            local { epochs = 1, batch = 5, learning-rate = 0.05 }
            fleet.devices = 10
            rounds { cohort = 5 }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    /** Notes how many rounds were not trained again. */
    private static final class Earlier implements RunListener {

        private int rounds = -1;

        @Override
        public void started(RunInfo info) {}

        @Override
        public void resumed(Resumed resumed) {
            rounds = resumed.rounds().size();
        }

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {}

        @Override
        public void finished(RunOutcome outcome) {}
    }

    /** Runs with {@code few}, then on with {@code many}; returns how many rounds were not trained again. */
    private int goesOn(String settings, String few, String many) {
        Path grown = directory.resolve("grown");
        Run first = FleetInOneJvm.run(FLEET + settings + few, 2, grown);
        assertThat(first.outcome().phase()).isEqualTo(Phase.DONE);
        Earlier earlier = new Earlier();
        Run found = FleetInOneJvm.savingEveryRound(FLEET + settings + many, 1, grown, true, new RunControl(), earlier);
        Run whole = FleetInOneJvm.run(FLEET + settings + many, 2, directory.resolve("whole"));
        assertThat(whole.rounds()).hasSizeGreaterThan(first.rounds().size());
        assertThat(found.root()).isEqualTo(whole.root()).isNotEqualTo(first.root());
        assertThat(found.rounds().stream().map(Expected::timeless))
                .containsExactlyElementsOf(
                        whole.rounds().stream().map(Expected::timeless).toList());
        assertThat(found.outcome().devices()).isEqualTo(whole.outcome().devices());
        assertThat(found.outcome().evaluation()).isEqualTo(whole.outcome().evaluation());
        assertThat(found.outcome().targetReachedAtRound())
                .isEqualTo(whole.outcome().targetReachedAtRound());
        return earlier.rounds;
    }

    /** The last of the first rounds was evaluated only as it was the last. */
    @Test
    void theServerOptimizerGoesOnAndTheLastRoundWasNone() {
        String settings = """
                algorithm { kind = fedavg, server { kind = adam, learning-rate = 0.01 } }
                rounds.evaluate-every = 2
                """;
        assertThat(goesOn(settings, "rounds.max = 3", "rounds.max = 5")).isEqualTo(3);
    }

    @Test
    void devicesAtWorkGoOn() {
        String settings =
                "rounds.asynchronous { kind = fedbuff, buffer = 2, concurrency = 6, staleness-exponent = 0.5 }\n";
        assertThat(goesOn(settings, "rounds.max = 3", "rounds.max = 6")).isEqualTo(3);
    }

    /** The regions merged in the last round, as they would not have otherwise. */
    @Test
    void regionsHaveNotMergedWhereTheyWouldNotHave() {
        String settings = """
                fleet.regions { east.share = 0.5, west.share = 0.5 }
                rounds.tiers.regional-rounds = 2
                """;
        assertThat(goesOn(settings, "rounds.max = 3", "rounds.max = 5")).isLessThan(3);
    }

    @Test
    void sessionsComeAfterTheLastOfAllRounds() {
        assertThat(goesOn("personal.sessions = 1\n", "rounds.max = 2", "rounds.max = 3"))
                .isZero();
    }

    @Test
    void aTargetIsPutFurtherAway() {
        int done = goesOn("rounds.max = 4\n", "rounds.target.value = 0.05", "rounds.target.value = 0.99");
        assertThat(done).isPositive().isLessThan(4);
    }

    @Test
    void aRunCannotHaveEndedBefore() {
        Path run = directory.resolve("run");
        FleetInOneJvm.run(FLEET + "rounds.max = 3", 1, run);
        assertThatThrownBy(() -> FleetInOneJvm.savingEveryRound(
                        FLEET + "rounds.max = 2", 1, run, true, new RunControl(), new Earlier()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rounds.max must be above the 3 rounds that are done, got 2");
        assertThatThrownBy(() -> FleetInOneJvm.savingEveryRound(
                        FLEET + "rounds { max = 9, target.value = 0.01 }",
                        1,
                        run,
                        true,
                        new RunControl(),
                        new Earlier()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rounds.target was reached in round 1 already, and 3 rounds are done");
    }
}
