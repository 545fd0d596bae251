package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void versionsAreReadFromTheJarsWithoutTheirPlatform() throws IOException {
        for (String name : List.of(
                "nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
                "nd4j-native-1.0.0-M2.1.jar",
                "nd4j-native-api-1.0.0-M2.2.jar",
                "openblas-0.3.31-1.5.13.jar",
                "kryo-5.6.2.jar")) {
            Files.createFile(directory.resolve(name));
        }
        assertThat(Machine.libraries(directory))
                .isEqualTo(Map.of("nd4j-native", "1.0.0-M2.1", "openblas", "0.3.31-1.5.13", "kryo", "5.6.2"));
    }

    @Test
    void aMissingDirectoryHasNoVersions() {
        assertThat(Machine.libraries(directory.resolve("none"))).isEmpty();
    }
}
