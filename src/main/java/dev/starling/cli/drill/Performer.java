package dev.starling.cli.drill;

import dev.starling.cli.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Starling process of a drill; what it prints goes to a file. */
final class Performer implements AutoCloseable {

    /** Exit code of a JVM that was told to end and did ({@link #terminate}), whatever it had to do first. */
    static final int TERMINATED = 128 + 15;

    private static final long GRACE_SECONDS = 30;

    private final String name;
    private final Process process;
    private final Path output;
    private final Patience patience;

    private Performer(String name, Process process, Path output, Patience patience) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.patience = patience;
    }

    /** @param prefix put before the command line, for example to run it elsewhere; may be empty */
    static Performer start(String name, Path directory, List<String> prefix, List<String> arguments, Patience patience)
            throws IOException {
        Path output = directory.resolve(name + ".out");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(JvmCommand.of(directory.resolve(name + ".log"), arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new Performer(name, process, output, patience);
    }

    String name() {
        return name;
    }

    String printed() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    /** Waits until it has printed {@code text}, and returns the rest of that line. */
    String awaitPrinted(String text) throws IOException, InterruptedException {
        patience.await(name + " prints \"" + text + "\"", () -> {
            boolean alive = process.isAlive(); // Before: what it printed last counts.
            boolean there = printed().contains(text);
            if (!there && !alive) {
                requireAlive();
            }
            return there;
        });
        String all = printed();
        return all.substring(all.indexOf(text) + text.length())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    /** Throws DrillFailure with its last words if it has ended. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new DrillFailure(name + " ended with exit code " + process.exitValue() + ": " + lastWords());
        }
    }

    /** Waits for its end, which must be a good one. */
    void awaitSuccess() throws IOException, InterruptedException {
        patience.await(name + " ends", this::endedWell);
    }

    /** Whether it has ended; throws DrillFailure if that was no good end. */
    boolean endedWell() throws IOException {
        if (process.isAlive()) {
            return false;
        }
        if (process.exitValue() != 0) {
            requireAlive();
        }
        return true;
    }

    /** Waits for its end and returns its exit code. */
    int awaitEnd() throws IOException, InterruptedException {
        patience.await(name + " ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** The last error that it printed; empty if none. */
    String lastError() throws IOException {
        return lastLine("starling:");
    }

    /** The last line that it printed which begins with {@code words}; empty if none. */
    String lastLine(String words) throws IOException {
        return printed().lines().filter(line -> line.startsWith(words)).reduce("", (before, line) -> line);
    }

    private String lastWords() throws IOException {
        List<String> lines = printed().lines().filter(line -> !line.isBlank()).toList();
        String error = lastError();
        return lines.isEmpty() ? "it printed nothing" : error.isEmpty() ? lines.get(lines.size() - 1) : error;
    }

    /** The processes that it started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** As {@code kill -KILL}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill -TERM}. */
    void terminate() {
        process.destroy();
    }

    void signal(String signal) throws IOException, InterruptedException {
        signal(signal, process.toHandle());
    }

    static void signal(String signal, ProcessHandle target) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(target.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new DrillFailure("could not send " + signal + " to process " + target.pid());
        }
    }

    /** Ends it and what it started, by force if need be. */
    @Override
    public void close() {
        List<ProcessHandle> all = children();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
