package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private ModelsFixture starling;

    @BeforeEach
    void writeStore() throws IOException {
        starling = new ModelsFixture(directory);
    }

    @Test
    void formsArePricedAndMeasured() {
        assertThat(starling.models("cost")).as(starling.err()).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .contains("10 personal versions of 176 B, 2 bases; sample of 9, 1 more cannot be had here")
                .containsPattern("all snapshot +[\\d.]+ k?B .* 9 snapshot\n")
                .containsPattern("all delta +[\\d.]+ k?B .* 9 delta against base\n")
                .containsPattern("auto +[\\d.]+ k?B")
                .contains("replays are left out")
                .containsPattern("auto, for \\d@\\d: .* J .* instead of ");
        assertThat(bytesOf("all delta")).isLessThan(bytesOf("all snapshot"));
    }

    @Test
    void whoOwnsTheDataHasReplaysMeasuredToo() {
        starling.with(results -> Optional.of((version, reference) ->
                ModelsFixture.personal(version.key().owner(), version.key().sequence())));
        assertThat(starling.models("cost")).as(starling.err()).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .contains("sample of 10\n")
                .containsPattern("all replay +\\S+ k?B +\\S+ k?B +\\S+ \\w+ +\\S+ \\w+ +\\S+ s +\\S+ s  10 replay\n");
    }

    @Test
    void theKnobTurnsAutoFromFastToSmall() {
        // A device that trains an example a second is no way to recover soon.
        String[] fast = {"--seconds-per-gigabyte", "0", "--examples-per-second", "1", "--recovery-seconds", "1000"};
        assertThat(starling.models("cost", fast)).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .containsPattern("all replay .* - .*9 replay\n")
                .doesNotContainPattern("auto .* replay\n");
        assertThat(starling.models("cost", "--seconds-per-gigabyte", "1e12", "--examples-per-second", "1e9"))
                .isEqualTo(ExitCode.OK);
        assertThat(starling.out()).containsPattern("auto .* 9 replay\n");
    }

    @Test
    void aChoiceIsExplainedFormByForm() {
        assertThat(starling.models(
                        "cost", "--explain", "2@2", "--longest-chain", "1", "--seconds-per-gigabyte", "1e12"))
                .as(starling.err())
                .isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .startsWith("2@2, kept as delta against base; rates, measured here: encode ")
                .containsPattern("snapshot +\\d+ B +0 .*")
                .containsPattern("delta against base .* auto chooses this\n")
                .containsPattern("delta against parent .* a chain of 2, at most 1 is allowed\n")
                .endsWith("replays are left out: the run's data is not here, or its recipes do not give the same bits"
                        + " (--examples-per-second prices them)\n");
        assertThat(starling.models("cost", "--explain", "base@1")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo("base@1: must be a personal version whose base is in the store: bases are snapshots\n");
    }

    @Test
    void nothingStaysBehind() throws IOException {
        long before = leftovers();
        starling.models("cost");
        assertThat(leftovers()).isEqualTo(before);
        assertThat(starling.models("cost", "--sample", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo("--sample: must be 1 to 5000, got 0\n");
        assertThat(starling.models("cost", "--recovery-seconds", "0")).isEqualTo(ExitCode.BAD_INPUT);
    }

    private static long leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("starling-cost"))
                    .count();
        }
    }

    private double bytesOf(String policy) {
        String row = starling.out()
                .lines()
                .filter(line -> line.startsWith(policy))
                .findFirst()
                .orElseThrow();
        String[] cells = row.substring(policy.length()).strip().split(" +", -1);
        return Double.parseDouble(cells[0]) * (cells[1].equals("kB") ? 1000 : 1);
    }
}
