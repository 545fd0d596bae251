package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    private Path here = Path.of("set by JUnit");

    @Test
    void runsOfOneScenarioAreNumbered() throws IOException {
        assertThat(RunDirectory.reserve(here, "mnist", Optional.empty())).isEqualTo(here.resolve("runs/mnist-1"));
        assertThat(RunDirectory.reserve(here, "mnist", Optional.empty())).isEqualTo(here.resolve("runs/mnist-2"));
        assertThat(RunDirectory.reserve(here, "other", Optional.empty())).isEqualTo(here.resolve("runs/other-1"));
        assertThat(here.resolve("runs/mnist-2")).isEmptyDirectory();
    }

    @Test
    void aNameCannotLeaveTheDirectory() {
        assertThat(RunDirectory.reserve(here, "../up/and away", Optional.empty()))
                .isEqualTo(here.resolve("runs/..-up-and-away-1"))
                .isDirectory();
    }

    @Test
    void anEmptyDirectoryIsTaken() throws IOException {
        Path empty = Files.createDirectories(here.resolve("a/b"));
        assertThat(RunDirectory.reserve(here, "x", Optional.of(empty))).isEqualTo(empty);
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.writeString(here.resolve("file"), "");
        assertThatThrownBy(() -> RunDirectory.reserve(here, "x", Optional.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--out")
                .hasMessageContaining(file.toString());
    }

    @Test
    void onlyADirectoryWithoutResultsIsReleased() throws IOException {
        Path used = Files.createDirectories(here.resolve("used"));
        Files.writeString(used.resolve("rounds.csv"), "1");
        RunDirectory.release(used);
        assertThat(used.resolve("rounds.csv")).exists();

        Path unused = Files.createDirectories(here.resolve("unused"));
        Files.writeString(unused.resolve(RunDirectory.LOG), "a line");
        RunDirectory.release(unused);
        assertThat(unused).doesNotExist();
    }
}
