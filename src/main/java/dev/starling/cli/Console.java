package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.metrics.RunListener;
import java.io.PrintStream;
import java.util.List;

/**
 * Where a command prints.
 *
 * @param out results and progress
 * @param err problems
 * @param commandLine as typed
 */
public record Console(PrintStream out, PrintStream err, Terminal terminal, List<String> commandLine) {

    public Console {
        commandLine = List.copyOf(commandLine);
    }

    /** The kind of progress that fits where standard output goes. */
    public RunListener progress() {
        return terminal.rewritable() ? new BarProgress(out, terminal) : new LineProgress(out, System::nanoTime);
    }

    public void error(String message) {
        out.flush();
        err.println("starling: " + message);
    }

    /** What a person should not miss, though it is no error: in red where there are colours. */
    public void warning(String message) {
        boolean colours = terminal.rewritable() && terminal.colours();
        out.println((colours ? "\u001b[31m" : "") + "warning: " + message + (colours ? "\u001b[0m" : ""));
    }

    /** What may be meant otherwise than it is understood: on a line of its own, apart from results. */
    public void remark(String place, String message) {
        out.flush();
        err.println((place.isEmpty() ? "" : place + ": ") + "warning: " + message);
    }

    /** Each problem on a line of its own. */
    public void problems(InputException exception) {
        out.flush();
        exception.problems().forEach(err::println);
    }
}
