package dev.starling.cli.processes;

import dev.starling.cli.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Starling process that this one started; what it prints goes to a file. */
public final class Performer implements AutoCloseable {

    /** Exit code of a JVM that was told to end and did ({@link #terminate}), whatever it had to do first. */
    public static final int TERMINATED = 128 + 15;

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

    /**
     * Starts {@code starling} with {@code arguments}; it logs and prints to {@code name.log} and {@code name.out} in {@code directory}.
     *
     * @param prefix put before the command line, for example to run it elsewhere; may be empty
     * @param patience how long it is waited for
     */
    public static Performer start(
            String name, Path directory, List<String> prefix, List<String> arguments, Patience patience)
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

    /** As it was given when it was started. */
    public String name() {
        return name;
    }

    /** All that it has printed so far. */
    public String printed() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    /** Waits until it has printed {@code text}, and returns the rest of that line. */
    public String awaitPrinted(String text) throws IOException, InterruptedException {
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

    /** Throws ProcessFailure with its last words if it has ended. */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new ProcessFailure(name + " ended with exit code " + process.exitValue() + ": " + lastWords());
        }
    }

    /** Waits for its end, which must be a good one. */
    public void awaitSuccess() throws IOException, InterruptedException {
        patience.await(name + " ends", this::endedWell);
    }

    /** Whether it has ended; throws ProcessFailure if that was no good end. */
    public boolean endedWell() throws IOException {
        if (process.isAlive()) {
            return false;
        }
        if (process.exitValue() != 0) {
            requireAlive();
        }
        return true;
    }

    /** Waits for its end and returns its exit code. */
    public int awaitEnd() throws IOException, InterruptedException {
        patience.await(name + " ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** The last error that it printed; empty if none. */
    public String lastError() throws IOException {
        return lastLine("starling:");
    }

    /** The last line that it printed which begins with {@code words}; empty if none. */
    public String lastLine(String words) throws IOException {
        return printed().lines().filter(line -> line.startsWith(words)).reduce("", (before, line) -> line);
    }

    private String lastWords() throws IOException {
        List<String> lines = printed().lines().filter(line -> !line.isBlank()).toList();
        String error = lastError();
        return lines.isEmpty() ? "it printed nothing" : error.isEmpty() ? lines.get(lines.size() - 1) : error;
    }

    /** The processes that it started. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** What it and the processes that it started, and that have not ended, have had of the cores so far. */
    public Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** As {@code kill -KILL}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill -TERM}. */
    public void terminate() {
        process.destroy();
    }

    /** As {@code kill -SIGNAL}; throws ProcessFailure if it has ended. */
    public void signal(String signal) throws IOException, InterruptedException {
        signal(signal, process.toHandle());
    }

    /** The same for another process, for example one of {@link #children}. */
    public static void signal(String signal, ProcessHandle target) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(target.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new ProcessFailure("could not send " + signal + " to process " + target.pid());
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
