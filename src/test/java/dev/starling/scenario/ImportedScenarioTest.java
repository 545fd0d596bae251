package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.starling.base.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static String problem(String text) {
        return String.valueOf(assertThrows(
                        InputException.class, () -> HoconSource.resolved(HoconSource.text(text, "x.conf"), "x.conf"))
                .getMessage());
    }

    /** {@code a1 = ${a2}${a2}}, and so on for {@code levels}. */
    private static String chain(int levels, String step) {
        return IntStream.range(0, levels)
                        .mapToObj(i -> "a" + i + " = " + step.replace("next", "a" + (i + 1)))
                        .collect(Collectors.joining("\n"))
                + "\na" + levels + " = some text\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${next}${next}", "[${next}, ${next}]", "{ p = ${next}, q = ${?next} }", "${next} ${?next}"})
    void substitutionsThatDoubleAreRefused(String step) {
        assertThat(problem(chain(40, step)))
                .matches("x\\.conf:\\d+: must have at most 8388608 characters when every \\$\\{\\.\\.\\.} is"
                        + " replaced, would have \\d+");
        Config eight = HoconSource.resolved(HoconSource.text(chain(3, step), "x.conf"), "x.conf");
        assertThat(eight.getValue("a0").render().split("some text", -1)).hasSize(9);
    }

    /** A setting that names what it was before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = ${a}${a}",
                "a = [${a}, ${a}]",
                "a = { p = ${a}, q = ${a} }",
                "a = { p%d = ${a} }",
                "a = ${b}${b}\nb = ${a}"
            })
    void settingsThatDoubleThemselvesAreRefused(String line) {
        String doubled = IntStream.range(0, 60).mapToObj(line::formatted).collect(Collectors.joining("\n"));
        assertThat(problem("a = ${?none}{}\n" + doubled)).startsWith("x.conf");
    }

    /** The usual ways to add to what is there. */
    @Test
    void settingsThatGrowByALineEachAreTaken() {
        String lines = IntStream.range(0, 100)
                .mapToObj(i -> "list += " + i + "\ntext = ${?text}x\nblock = ${?block}{ k" + i + " = 1 }")
                .collect(Collectors.joining("\n"));
        Config config = HoconSource.resolved(HoconSource.text(lines, "x.conf"), "x.conf");
        assertThat(config.getList("list")).hasSize(100);
        assertThat(config.getString("text")).hasSize(100);
        assertThat(config.getObject("block")).hasSize(100);
    }

    @Test
    void settingsThatGrowByThousandsOfLinesAreRefused() {
        assertThat(problem("list += 1\n".repeat(5000)))
                .contains("must be added to at most 200 times where it has ${...}, is so 5000 times");
    }

    @Test
    void whatIsManyLevelsDeepIsRefused() {
        assertThat(problem("a = " + "{ a = ".repeat(101) + "1" + " }".repeat(101)))
                .isEqualTo("x.conf:1: must be nested at most 100 levels deep, ${...} followed");
        assertThat(problem("a" + ".a".repeat(100_000) + " = 1")).contains("nested");
        assertThat(problem(chain(5000, "${next}"))).contains("must be nested at most 100 levels deep");
        assertThat(assertThrows(
                        InputException.class,
                        () -> HoconSource.overridden(ConfigFactory.empty(), List.of("a=" + "[".repeat(60_000)))))
                .hasMessageContaining("nested too deeply");
    }

    /** Nothing of it is read. */
    @Test
    void aScenarioOfAGigabyteIsRefused() throws IOException {
        Path huge = directory.resolve("huge.conf");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        assertThatThrownBy(() -> HoconSource.file(huge))
                .hasMessageContaining("must be at most 1048576 bytes to be a scenario, has 1073741824");
        assertThatThrownBy(() -> HoconSource.file(Path.of("/dev/zero")))
                .hasMessageContaining("must be a scenario file, is a device or a pipe");
        Path endless = write("x.conf", "include file(\"/dev/zero.conf\")\ninclude \"link.conf\"");
        Files.createSymbolicLink(directory.resolve("link.conf"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> HoconSource.file(endless)).hasMessageContaining("there is no /dev/zero.conf");
        Path linked = write("y.conf", "include \"link.conf\"");
        assertThatThrownBy(() -> HoconSource.file(linked)).hasMessageContaining("must be a file to be included");
    }

    @Test
    void anIncludeOfNothingIsAnErrorWithItsPlace() throws IOException {
        Path scenario = write(
                "x.conf",
                "# include \"missing.conf\"\nseed = 1 // include \"missing.conf\"\n\n"
                        + "data { include \"missing.conf\" }");
        assertThatThrownBy(() -> HoconSource.file(scenario))
                .isInstanceOf(InputException.class)
                .hasMessage(scenario + ":4: include of a missing file: there is no missing.conf");
        write("inner.conf", "seed = 1\ninclude required(\"gone\")");
        Path outer = write("outer.conf", "include \"inner.conf\"");
        assertThatThrownBy(() -> HoconSource.file(outer))
                .hasMessage(directory.resolve("inner.conf")
                        + ":2: include of a missing file: there is no gone with .conf, .json, .properties");
        // On the class path, but not beside the scenario.
        Path other = write("other.conf", "include \"scenario-reference.conf\"");
        assertThatThrownBy(() -> HoconSource.file(other)).hasMessageContaining(":1: include of a missing file");
    }

    @Test
    void namesWithoutEndingAreFound() throws IOException {
        write("base.conf", "seed = 5");
        assertThat(HoconSource.file(write("x.conf", "include \"base\"")).getInt("seed"))
                .isEqualTo(5);
    }
}
