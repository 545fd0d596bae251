package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.cli.ExitCode;
import dev.starling.store.ModelRoot;
import dev.starling.store.sql.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code list}, {@code show}, {@code diff} and {@code at}, and how stores and versions are named. */
class LookingTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private ModelsFixture starling;

    @BeforeEach
    void writeStore() throws IOException {
        starling = new ModelsFixture(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit 50 | 12 | base@0 base@1 0@1 0@2 1@1 1@2 2@1 2@2 3@1 3@2 4@1 4@2",
                "--device 3 | 2 | 3@1 3@2",
                "--device 1-2 | 4 | 1@1 1@2 2@1 2@2",
                "--device 3.. --base 1 | 2 | 3@2 4@2",
                "--base 0 --sort loss --limit 2 | 5 | 4@1 3@1",
                "--sort loss:desc --limit 3 --offset 1 | 12 | 0@1 1@2 1@1",
                "--age ..30min --device 0.. | 5 | 0@2 1@2 2@2 3@2 4@2",
                "--age 2h.. | 1 | base@0",
                "--since 2026-01-01T02:00:00 | 5 | 0@2 1@2 2@2 3@2 4@2",
                "--until 2026-01-01 | 1 | base@0",
                "--metric loss=..0.21 | 2 | 4@1 4@2",
                "--metric accuracy=0.75.. --metric examples=..103 | 2 | 3@1 3@2",
                "--metric accuracy-before=0.6.. | 0 | ''",
                "--form snapshot | 2 | base@0 base@1",
                "--form replay | 1 | 4@2",
                "--size ..0 | 1 | 4@2",
                "--size 0.1kB..1MB --form delta | 0 | ''",
                "--tag release | 1 | 3@1"
            })
    void listGivesWhatItsFilterAsksFor(String filter, long total, String versions) throws IOException {
        String[] words = (filter + " --json").split(" ", -1);
        assertThat(starling.models("list", words)).as(starling.err()).isEqualTo(ExitCode.OK);
        JsonNode answer = new ObjectMapper().readTree(starling.out());
        assertThat(answer.get("total").asLong()).isEqualTo(total);
        assertThat(Stream.of(versions.split(" ", -1)).filter(key -> !key.isEmpty()))
                .containsExactlyElementsOf(answer.get("versions").findValuesAsText("version"));
    }

    @Test
    void listIsATableWithHowManyThereAre() {
        assertThat(starling.models("list", "--device", "3")).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .containsPattern("3@1 +[0-9a-f]{12} +delta +base@0 +\\d+ +2026-01-01T01:00:00Z +0 +103 +0\\.2500"
                        + " +0\\.5000 > 0\\.7500 +release")
                .endsWith("2 of 2 versions of run small-1\n")
                .doesNotContain("\u001b");
    }

    @Test
    void jsonHasAllThatIsKnown() throws IOException {
        starling.models("list", "--device", "2", "--base", "1", "--json");
        JsonNode version =
                new ObjectMapper().readTree(starling.out()).get("versions").get(0);
        assertThat(version.get("root").asText())
                .isEqualTo(ModelRoot.of(ModelsFixture.personal(2, 2)).hex());
        assertThat(version.get("reference").asText()).isEqualTo("base@1");
        assertThat(version.get("chain").asInt()).isEqualTo(1);
        assertThat(version.get("recipe").get("steps").asInt()).isEqualTo(40);
        assertThat(version.get("metrics").get("accuracyAfter").asDouble()).isEqualTo(0.7);
    }

    @Test
    void showDrawsTheLineDownToTheBase() {
        assertThat(starling.models("show", "3@1")).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .contains("3@1 of run small-1\nroot " + ModelRoot.of(ModelsFixture.personal(3, 1)))
                .containsPattern("3@1  delta from base@0, \\d+ B, root [0-9a-f]{12}\n")
                .contains("trained in round 1 from base@0, at most 40 steps")
                .contains("examples 103, steps 40, loss 0.2500, accuracy 0.5000 > 0.7500")
                .containsPattern("`- base@0  snapshot, \\d+ B")
                .contains("recipe.learning-rate = 0.1")
                .containsPattern("1\\.dense\\.weight +2x6 +12 +[0-9a-f]{12}")
                .contains("44 values, verified against the root");
    }

    @Test
    void theLatestOfADeviceAndTheStartOfARootNameAVersion() {
        starling.models("show", "2");
        assertThat(starling.out()).startsWith("2@2 of run");
        starling.models("show", "base");
        assertThat(starling.out()).startsWith("base@1 of run");
        String root = ModelRoot.of(ModelsFixture.personal(1, 2)).hex();
        starling.models("show", root.substring(0, 16));
        assertThat(starling.out()).startsWith("1@2 of run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3@9 | 3@9: run small-1 has no version 3@9; the one before is 3@2",
                "3@0 | 3@0: run small-1 has no version 3@0; the latest is 3@2",
                "77@1 | 77@1: run small-1 has no version 77@1; device 77 has no version at all",
                "77 | 77: device 77 has no version in run small-1",
                "what | what: must be base@<version>, <device>@<round>, a device (its latest version), base, or the first 6"
                        + " or more digits of a model root, got what",
                "abcdef0123 | abcdef0123: no version of run small-1 has a root that starts so"
            })
    void aVersionThatIsNotThereIsToldWithWhatThereIs(String version, String message) {
        assertThat(starling.models("show", version)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo(message + "\n");
    }

    @Test
    void diffLooksOnlyWhereHashesDiffer() {
        assertThat(starling.models("diff", "base@0", "2@1")).isEqualTo(ExitCode.OK);
        float[] before = ModelsFixture.base(0).toFloats();
        float[] after = ModelsFixture.personal(2, 1).toFloats();
        double squares = 0;
        int flips = 0;
        for (int i = 30; i < 42; i++) {
            squares += Math.pow((double) after[i] - before[i], 2);
            flips += before[i] * after[i] < 0 ? 1 : 0;
        }
        assertThat(starling.out())
                .containsPattern("1\\.dense\\.weight +2x6 +12 +12 +"
                        + String.format(java.util.Locale.ROOT, "%.4g", Math.sqrt(squares)) + " +\\S+ +" + flips + "\n")
                .containsPattern("1\\.dense\\.bias +2 +2 +2 ")
                .doesNotContain("0.dense")
                // The root, its two children, the two leaves of the one that differs, a chunk of each.
                .contains("2 of 4 tensors changed; 7 pairs of hashes compared, of 11 in a model's tree")
                .contains("pipelines are not compared: none is recorded for base@0");
    }

    @Test
    void diffTellsPipelinesApart() {
        starling.models("diff", "2@1", "2@2");
        assertThat(starling.out()).contains("recipe.learning-rate: 0.1 -> 0.05");
        starling.models("diff", "2@1", "3@1");
        assertThat(starling.out()).contains("the pipelines are the same");
        starling.models("diff", "2@1", "2@1");
        assertThat(starling.out())
                .contains("the models are the same: their roots are equal, 1 pair of hashes compared");
    }

    @Test
    void atTravelsInTime() {
        assertThat(starling.models("at", "--device", "3", "--round", "1")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).startsWith("after round 1, device 3 held 3@1\n");
        starling.models("at", "--device", "3", "--round", "500");
        assertThat(starling.out()).startsWith("after round 500, device 3 held 3@2\n");
        assertThat(starling.models("at", "--device", "3", "--round", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo("--device: device 3 had no version of its own after round 0 in run small-1\n");
    }

    @Test
    void aStoreIsFoundByItsRunItsDirectoryOrItsUrl() {
        Path store = starling.results.resolve("store");
        String url = "jdbc:h2:file:" + store.toAbsolutePath().resolve("models") + ";AUTO_SERVER=TRUE";
        for (String place : new String[] {starling.results.toString(), store.toString(), url}) {
            assertThat(starling.on(place, "list", "--limit", "1"))
                    .as(place + starling.err())
                    .isEqualTo(ExitCode.OK);
            assertThat(starling.out()).endsWith("1 of 12 versions of run small-1\n");
        }
    }

    @Test
    void placesWithoutAStoreSaySo() throws IOException {
        assertThat(starling.on(directory.resolve("gone").toString(), "list")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo(directory.resolve("gone")
                        + ": must be a run's directory, a model store's directory, or a JDBC URL\n");
        Path other = Files.createDirectories(directory.resolve("other"));
        assertThat(starling.on(other.toString(), "list")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo(other + ": there is no model store here, nor in store/ within it\n");
        Files.writeString(other.resolve("scenario.conf"), "seed = 3\n");
        assertThat(starling.on(other.toString(), "list")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo(other + ": this run kept no models; keep them with --set store.policy=auto\n");
        assertThat(starling.on("jdbc:mysql://x/y", "list")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Files.exists(other.resolve("store"))).isFalse();
    }

    @Test
    void aStoreOfSeveralRunsIsAskedAboutOne() {
        try (ModelStore store = starling.open()) {
            ModelsFixture.write(store, "other-1");
        }
        // Seen from a run's directory, it is that run.
        assertThat(starling.models("list", "--limit", "1")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("run small-1");
        String url = "jdbc:h2:file:"
                + starling.results.resolve("store").resolve("models").toAbsolutePath() + ";AUTO_SERVER=TRUE";
        assertThat(starling.on(url, "list")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("holds several runs; choose one with --run: small-1, other-1");
        assertThat(starling.on(url, "list", "--run", "other-1", "--limit", "1")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("run other-1");
        assertThat(starling.on(url, "list", "--run", "none")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo("--run: must be one of small-1, other-1, got none\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit 0 | --limit: must be at least 1, got 0",
                "--device x | --device: must be LEAST..MOST, LEAST.. or ..MOST of device numbers, got x",
                "--device 9..3 | --device: must not start above its end, got 9..3",
                "--size 3kg.. | --size: must be LEAST..MOST, LEAST.. or ..MOST of bytes (kB, MB), got 3kg..",
                "--metric loss | --metric: must be NAME=RANGE, for example loss=..0.5, got loss",
                "--metric size=1.. | --metric: must be one of loss, accuracy, accuracy-before, examples, got size",
                "--form zip | --form: must be one of snapshot, delta, parent-delta, adopted, replay, got zip",
                "--since noon | --since: must be a date or time in UTC such as 2026-03-01 or 2026-03-01T08:00:00, got noon",
                "--age soon | --age: must be LEAST..MOST, LEAST.. or ..MOST of durations (min, h, d), got soon"
            })
    void aBadFilterIsOneLine(String filter, String message) {
        assertThat(starling.models("list", filter.split(" ", -1))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo(message + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "diff", "recover", "at", "fork", "cost", "transfer", "fsck", "gc"})
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(starling.on("--help", command)).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("Examples:", "starling models " + command);
        assertThat(starling.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
