package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was cut off writes nothing after it has let go of the files: another goes on with them. */
class JournalTest {

    /** So many that writing them takes a while. */
    private static final int VALUES = 8_000_000;

    @TempDir
    private Path directory;

    private Journal begin() {
        RunIdentity identity = new RunIdentity("run", "0", "", List.of(), 0);
        return Journal.begin(directory, identity, new SavePace(SavePace.USUAL_SHARE, () -> 0));
    }

    private Path progress() {
        return directory.resolve("progress");
    }

    private static SavedState state(int round, int values) {
        OptimizerState optimizer = OptimizerState.of(Server.MOMENTUM, new double[values]);
        return new SavedState(round, List.of(), optimizer, 0);
    }

    @Test
    void lettingGoWaitsForWhatIsBeingSaved() throws IOException {
        Journal journal = begin();
        Path beside = progress().resolve(".state.bin.tmp");
        CompletableFuture<Void> saving = CompletableFuture.runAsync(() -> journal.save(state(7, VALUES)));
        while (!Files.exists(beside) && !saving.isDone()) {
            Thread.onSpinWait();
        }
        journal.close();
        assertThat(beside).doesNotExist();
        assertThat(StateFile.round(progress().resolve("state.bin"))).isEqualTo(7);
        saving.join();
    }

    @Test
    void nothingIsSavedAfterThat() throws IOException {
        Journal journal = begin();
        journal.save(state(1, 1));
        journal.close();
        assertThatThrownBy(() -> journal.save(state(2, 1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("could not write down");
        assertThat(StateFile.round(progress().resolve("state.bin"))).isEqualTo(1);
    }
}
