package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.PackedClasses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Where the log of a command goes, and that one with nothing to tell has none. */
class LogPlaceTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    /** Several commands in one JVM, and then what a run does: it says where its log goes, and logs. */
    static final class Commands {

        private Commands() {}

        public static void main(String[] args) {
            Console console = new Console(System.out, System.err, new Terminal(false, 100, false), List.of());
            int codes = 0;
            for (String line : List.of("version", "help", "help run", "validate simulations/quickstart.conf")) {
                codes += Main.run(Parts.wiring(), console, line.split(" ", -1));
            }
            System.setProperty("starling.log", args[0]);
            LoggerFactory.getLogger(Commands.class).info("first words");
            System.exit(codes);
        }
    }

    @Test
    void noCommandOpensALogBeforeARunHasSaidWhereItGoes() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path early = directory.resolve("early.log");
        Path log = directory.resolve("run.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData"));
        command.addAll(PackedClasses.opened());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dstarling.log=" + early,
                "-Dlogback.configurationFile=conf/logback.xml",
                "-cp",
                PackedClasses.classPath(),
                Commands.class.getName(),
                log.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(temporary).isEmptyDirectory();
        assertThat(early).doesNotExist();
        assertThat(log).content().contains("first words");
    }
}
