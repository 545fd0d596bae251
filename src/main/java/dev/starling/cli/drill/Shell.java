package dev.starling.cli.drill;

import dev.starling.base.InputException;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;

/** Commands of the system that drills need. */
final class Shell {

    private Shell() {}

    /** Throws InputException unless this user is root: {@code what} needs it. */
    static void requireRoot(String drill, String what) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new InputException(drill, "needs root for " + what);
        }
    }

    /** Runs a command; throws ProcessFailure with what it said if it fails. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        int code = process.waitFor();
        if (code != 0) {
            throw new ProcessFailure(
                    String.join(" ", List.of(command)) + " ended with exit code " + code + ": " + said.strip());
        }
    }

    /** As {@link #run}, whether it succeeds or not. */
    static void attempt(String... command) {
        try {
            run(command);
        } catch (IOException | ProcessFailure e) {
            // It is only tidying up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
