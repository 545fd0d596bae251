package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.ExitCode;
import dev.starling.cli.ModelsLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real runs that share one database, collected again and again: whatever remains can be recovered. */
class UpkeepOfARunTest {

    private static final String SCENARIO = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 300, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              proxy = 0.2
              hold-back = 0.2
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 5, learning-rate = 0.05 }
            fleet.devices = 6
            pre-training { epochs = 1, learning-rate = 0.05 }
            rounds { max = 3, cohort = 4 }
            personal { sessions = 4, train = head, update { policy = rebase, after = 2, base = proxy } }
            evaluate-devices = false
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private String out = "";

    private void starling(String... words) {
        ModelsLine.Result result = ModelsLine.real(words);
        out = result.out() + result.err();
        assertThat(result.code()).as(out).isEqualTo(ExitCode.OK);
    }

    private String run(Path scenario, String name, String policy) {
        String results = directory.resolve(name).toString();
        String url = "jdbc:h2:file:" + directory.resolve("shared").toAbsolutePath() + ";AUTO_SERVER=TRUE";
        starling(
                "run",
                scenario.toString(),
                "--quiet",
                "--out",
                results,
                "--set",
                "store.policy=" + policy,
                "--set",
                "store.url=" + url);
        return results;
    }

    /** The first group of {@code pattern} in what the last command printed. */
    private String printed(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(out);
        assertThat(matcher.find()).as(pattern + " in " + out).isTrue();
        return matcher.group(1);
    }

    private long versions(String results) {
        starling("models", "list", results, "--limit", "1");
        return Long.parseLong(printed("1 of (\\d+) versions"));
    }

    /** All versions of both runs are recovered and have their roots; the devices train what is kept as a recipe. */
    private void allRecover(String one, String other) {
        long all = versions(one) + versions(other);
        starling("models", "fsck", one);
        assertThat(out)
                .contains("versions  " + all + ", " + all + " recovered and verified\n")
                .contains("orphans   0 objects")
                .doesNotContain("not verified")
                .endsWith("clean\n");
    }

    @Test
    void whateverACollectionLeavesCanBeRecovered() throws IOException {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String deltas = run(scenario, "first", "delta");
        String whole = run(scenario, "second", "snapshot");

        // A directory's own run is found by itself, whatever the directory is called.
        starling("models", "list", deltas, "--form", "delta", "--limit", "1");
        String first = printed("versions of run (\\S+)");
        starling("models", "list", whole, "--limit", "1");
        String second = printed("versions of run (\\S+)");
        assertThat(List.of(first, second)).doesNotHaveDuplicates().allMatch(name -> name.startsWith("fleet-"));
        long before = versions(deltas);
        assertThat(before).isEqualTo(versions(whole)).isGreaterThan(35);
        allRecover(deltas, whole);

        starling("models", "gc", deltas, "--keep", "3", "--grace", "0s");
        assertThat(Integer.parseInt(printed("retired +(\\d+) of"))).isPositive();
        assertThat(versions(deltas)).isLessThan(before);
        allRecover(deltas, whole);

        starling("models", "gc", deltas, "--keep", "2", "--retire-bases", "--grace", "0s");
        starling("models", "list", deltas);
        assertThat(out.lines().filter(line -> line.startsWith("base@"))).hasSize(1);
        allRecover(deltas, whole);

        starling("models", "gc", deltas, "--keep", "1", "--retire-bases=materialise", "--grace", "0s", "--compact");
        // The last base, and the last of each device.
        assertThat(versions(deltas)).isEqualTo(7);
        allRecover(deltas, whole);

        starling("models", "gc", deltas, "--keep", "1", "--retire-bases", "--grace", "0s");
        assertThat(out).contains("retired   0 of 14 versions").contains("freed     0 objects");
        allRecover(deltas, whole);
    }

    @Test
    void recipesAreTrainedAgainBeforeTheirBaseGoes() throws IOException {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String results = directory.resolve("recipes").toString();
        starling("run", scenario.toString(), "--quiet", "--out", results, "--set", "store.policy=replay");
        starling("models", "list", results, "--form", "replay", "--limit", "1");
        assertThat(Long.parseLong(printed("1 of (\\d+) versions"))).isGreaterThan(20);

        starling("models", "gc", results, "--keep", "1", "--retire-bases=materialise", "--grace", "0s");
        assertThat(out).contains("converted 6 versions");
        assertThat(versions(results)).isEqualTo(7);
        starling("models", "fsck", results);
        assertThat(out)
                .contains("versions  7, 7 recovered and verified")
                .doesNotContain("trained")
                .endsWith("clean\n");
    }
}
