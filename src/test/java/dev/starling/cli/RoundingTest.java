package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.RoundRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices round, they upload as it is encoded: bytes, time and energy follow. */
class RoundingTest {

    private static final String FLEET = """
            data { source { kind = glyphs, train-examples = 200, test-examples = 20 }, hold-back = 0 }
            model.network = "mlp(16)"
            local { batch = 10, learning-rate = 0.1 }
            evaluate-devices = false
            fleet.devices = 6
            rounds { max = 2, cohort = 4 }
            """;
    private static final int WEIGHTS = 784 * 16 + 16 + 16 * 10 + 10;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Run run(String settings) {
        return FleetInOneJvm.run(FLEET + settings, 2, directory);
    }

    @Test
    void roundedUploadsAreBilledAsEncoded() {
        Run plain = run("");
        Run bytes = run("local.rounding = int8");
        Run halves = run("local.rounding = int4");

        assertThat(bytes.root()).isNotEqualTo(plain.root());
        assertThat(halves.root()).isNotEqualTo(bytes.root());
        for (int i = 0; i < 2; i++) {
            RoundRecord whole = plain.rounds().get(i);
            RoundRecord one = bytes.rounds().get(i);
            RoundRecord half = halves.rounds().get(i);
            // Four reports of four tensors, each with a scale.
            assertThat(whole.upBytes() - one.upBytes()).isEqualTo(4 * (3L * WEIGHTS - 4 * 4));
            assertThat(one.upBytes() - half.upBytes()).isEqualTo(4 * (WEIGHTS / 2L));
            assertThat(one.downBytes()).isEqualTo(whole.downBytes());
            assertThat(one.fleetSeconds()).isLessThan(whole.fleetSeconds());
            assertThat(one.fleet().joules()).isLessThan(whole.fleet().joules());
            assertThat(half.fleet().joules()).isLessThan(one.fleet().joules());
        }
    }
}
