package dev.starling.cli;

import dev.starling.data.NpzWriter;
import dev.starling.scenario.ScenarioCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The real command line, with its output caught, for tests of its subcommands. */
public final class ModelsLine {

    /** What a command left behind. */
    public record Result(int code, String out, String err) {}

    private ModelsLine() {}

    /** Runs a command as it is, with whoever trains models again. */
    public static Result real(String... args) {
        return run(Parts.wiring(), args);
    }

    /**
     * Runs a command.
     *
     * @param args all words after {@code starling}
     */
    public static Result run(ReplayerSource replayers, String... args) {
        return run(new Wiring(ScenarioCheck::read, new ClusterSimulator(), NpzWriter::write, replayers), args);
    }

    private static Result run(Wiring wiring, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal(false, 100, false),
                List.of(args));
        int code = Main.run(wiring, console, args);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
