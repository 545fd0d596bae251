package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.ExitCode;
import dev.starling.cli.ModelsLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real run kept, from the command that runs it to the commands that look at it. */
class StoreOfARunTest {

    private static final String SCENARIO = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 200, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.3
            }
            model.network = "mlp(8)"
            local { epochs = 1, batch = 5, learning-rate = 0.05 }
            fleet.devices = 4
            rounds { max = 2, cohort = 4 }
            store.policy = replay
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private String out = "";

    private int starling(String... words) {
        ModelsLine.Result result = ModelsLine.real(words);
        out = result.out() + result.err();
        return result.code();
    }

    @Test
    void recipesAreTrainedAgainAndForksStartFromThem() throws IOException {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String run = directory.resolve("fleet-1").toString();
        assertThat(starling("run", scenario.toString(), "--quiet", "--out", run))
                .as(out)
                .isEqualTo(ExitCode.OK);

        assertThat(starling("models", "list", run, "--form", "replay")).as(out).isEqualTo(ExitCode.OK);
        assertThat(out).contains("0@1", "3@2", "8 of 8 versions of run ");
        String file = directory.resolve("three.npz").toString();
        assertThat(starling("models", "recover", run, "3@2", "--out", file))
                .as(out)
                .isEqualTo(ExitCode.OK);
        assertThat(out).contains("verified, root ");
        assertThat(starling("models", "fsck", run)).as(out).isEqualTo(ExitCode.OK);
        assertThat(out).doesNotContain("not verified").endsWith("clean\n");

        String fork = directory.resolve("fork.conf").toString();
        assertThat(starling("models", "fork", run, "3@2", "--out", fork))
                .as(out)
                .isEqualTo(ExitCode.OK);
        String again = directory.resolve("again").toString();
        assertThat(starling("run", fork, "--quiet", "--out", again)).as(out).isEqualTo(ExitCode.OK);
        // The first base of the new run is the model of the device.
        assertThat(starling("models", "show", again, root(run).substring(0, 12)))
                .as(out)
                .isEqualTo(ExitCode.OK);
        assertThat(out).startsWith("base@0 of run ");

        assertThat(starling("models", "transfer", run, "--devices", "4", "--out", directory.toString()))
                .as(out)
                .isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("transfer.png")).isNotEmptyFile();
    }

    private String root(String run) {
        starling("models", "list", run, "--device", "3", "--sort", "round:desc", "--limit", "1", "--json");
        return out.replaceAll("(?s).*\"root\" : \"([0-9a-f]+)\".*", "$1");
    }
}
