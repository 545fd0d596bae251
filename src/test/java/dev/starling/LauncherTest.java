package dev.starling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher hands to a JVM: one that only says what it was given stands in for it. */
class LauncherTest {

    private static final String OWN = "-XX:+UseParallelGC";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @BeforeEach
    void install() throws IOException {
        Files.copy(Path.of("starling"), directory.resolve("starling"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(directory.resolve("src/main"));
        Files.createDirectories(directory.resolve("target/lib"));
        Files.createFile(directory.resolve("pom.xml"));
        Files.createDirectories(directory.resolve("jdk/bin"));
        Path java = Files.writeString(directory.resolve("jdk/bin/java"), """
                #!/bin/sh
                [ "$1" = -version ] && echo 'openjdk version "17.0.1"' >&2 && exit 0
                printf '%s\\n' "$@" "LC_ALL=${LC_ALL-unset}" "STARLING_DATA=${STARLING_DATA-unset}"
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.createFile(directory.resolve("target/starling.jar"));
        // Newer than what it is built from: nothing is to be built.
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    }

    /** The words that the JVM was given, and what it found in its environment. */
    private String launched(Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(directory.resolve("starling").toString(), "version");
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LC_")
                        || name.equals("LANG")
                        || name.endsWith("JAVA_OPTIONS")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.startsWith("STARLING_"));
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARLING_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void aCollectorThatIsNamedAnywhereIsTheOnlyOne(String variable) throws Exception {
        assertThat(launched(Map.of(variable, "-Xmx1g -XX:+UseG1GC"))).doesNotContain(OWN, "-XX:NewRatio");
        assertThat(launched(Map.of(variable, "-XX:+UseZGC"))).doesNotContain(OWN);
        Path file = Files.writeString(directory.resolve("options"), "-Xmx1g\n-XX:+UseSerialGC\n");
        assertThat(launched(Map.of(variable, "@" + file))).doesNotContain(OWN);
        assertThat(launched(Map.of(variable, "-XX:VMOptionsFile=" + file))).doesNotContain(OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-Xmx1g", "-XX:-UseG1GC", "-XX:+UseGCOverheadLimit", "-XX:+UseStringDeduplication *"})
    void anythingElseLeavesOurs(String options) throws Exception {
        assertThat(launched(Map.of("JAVA_TOOL_OPTIONS", options))).contains(OWN);
        assertThat(launched(Map.of("STARLING_JAVA_OPTS", options))).contains(OWN);
    }

    @ParameterizedTest
    @CsvSource({"LC_ALL,C", "LANG,POSIX", "LC_CTYPE,C", "LANG,xx_XX.UTF-8", "LC_ALL,''"})
    void lettersBeyondAsciiGoThroughAnyLocale(String variable, String locale) throws Exception {
        assertThat(launched(Map.of(variable, locale)).toLowerCase(Locale.ROOT))
                .containsPattern("lc_all=\\S+\\.utf-?8\n");
    }

    @Test
    void aLocaleThatKnowsThemStays() throws Exception {
        assertThat(launched(Map.of("LANG", "C.UTF-8"))).contains("LC_ALL=unset").doesNotContain("starling.locale");
        assertThat(launched(Map.of("LC_ALL", "C"))).contains("-Dstarling.locale=C\n");
    }

    @Test
    void anEmptyVariableIsNone() throws Exception {
        Map<String, String> empty = new LinkedHashMap<>();
        empty.put("STARLING_DATA", "");
        assertThat(launched(empty)).contains("STARLING_DATA=unset");
        assertThat(launched(Map.of("STARLING_DATA", "/data"))).contains("STARLING_DATA=/data");
    }
}
