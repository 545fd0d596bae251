package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario that somebody else has written. */
class ImportedScenarioTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"http://127.0.0.1:9/x.conf\"",
                "include url(\"http://127.0.0.1:9/x.conf\")",
                "include url(\"file:///etc/passwd\")",
                "include classpath(\"logback.xml\")",
                "include required(url(\"http://127.0.0.1:9/x.conf\"))"
            })
    void nothingIsFetchedFromElsewhere(String include) throws IOException {
        Path scenario = write("x.conf", include);
        assertThatThrownBy(() -> HoconSource.file(scenario))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must be a file: nothing is fetched from elsewhere");
        assertThatThrownBy(() -> HoconSource.text(include, "x.conf"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must be a file: nothing is fetched from elsewhere");
    }

    @Test
    void filesBesideItAreIncluded() throws IOException {
        write("base.conf", "seed = 5");
        Path scenario =
                write("x.conf", "include \"base.conf\"\ninclude file(\"" + directory.resolve("base.conf") + "\")");
        assertThat(HoconSource.file(scenario).getInt("seed")).isEqualTo(5);
    }

    @Test
    void aLargeIncludeIsRefused() throws IOException {
        write("large.conf", "# ".repeat(600_000));
        Path scenario = write("x.conf", "include \"large.conf\"");
        assertThatThrownBy(() -> HoconSource.file(scenario))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("large.conf: must be at most 1048576 bytes to be included, has 1200000");
    }

    /** Forty files, each of which includes the next one twice. */
    @Test
    void includesThatDoubleAreRefused() throws IOException {
        for (int i = 0; i < 40; i++) {
            write("f" + i + ".conf", ("include \"f" + (i + 1) + ".conf\"\n").repeat(2));
        }
        write("f40.conf", "seed = 1");
        Path scenario = directory.resolve("f0.conf");
        assertThatThrownBy(() -> HoconSource.file(scenario))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a scenario must have at most 100 includes in all");
    }

    @Test
    void bracketsWithoutEndAreRefused() throws IOException {
        for (String opening : new String[] {"[", "{ a : "}) {
            Path scenario = write("deep.conf", "a = " + opening.repeat(150_000));
            assertThatThrownBy(() -> HoconSource.file(scenario))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("deep.conf")
                    .hasMessageContaining("is not valid HOCON");
        }
    }
}
