package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.coordinator.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a run that somebody else has sent. */
class RunFromElsewhereTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void itsScenarioFetchesNothing() throws IOException {
        Files.writeString(directory.resolve(StoreAddress.SCENARIO), "include url(\"http://127.0.0.1:9/x.conf\")");
        assertThatThrownBy(() -> StoreAddress.of(directory.toString(), Optional.empty(), ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing is fetched from elsewhere");
    }

    @Test
    void itsIdentityIsDataOnly() throws IOException {
        Path other = Files.writeString(
                directory.resolve("other.conf"), "{run: r, software: s, scenario: \"\", dataFiles: [], resumed: 0}");
        Files.createDirectories(directory.resolve("progress"));
        Files.writeString(directory.resolve("progress/run.json"), "include file(\"" + other + "\")");
        assertThatThrownBy(() -> RunIdentity.read(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not say which run this is");
    }
}
