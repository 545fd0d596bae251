package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.coordinator.NodeRoster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Further JVMs of {@code run --nodes N}, started on loopback like this one. They end when closed, and also when this
 * process dies in any way: their standard input is a pipe from it.
 */
public final class NodeProcesses implements AutoCloseable {

    private static final long GRACE_SECONDS = 10;

    private final List<Process> processes;
    private final Path directory;

    private volatile boolean closing;

    private NodeProcesses(List<Process> processes, Path directory) {
        this.processes = processes;
        this.directory = directory;
    }

    /**
     * Starts {@code count} nodes that join {@code seedNode} ({@code HOST:PORT}); they log and print to
     * {@code node-2.log} and so on in {@code directory}.
     *
     * @param options further ones of {@code starling node}
     */
    public static NodeProcesses start(int count, String seedNode, int threads, Path directory, List<String> options)
            throws IOException {
        return start(Main.class, count, seedNode, threads, directory, options);
    }

    static NodeProcesses start(
            Class<?> main, int count, String seedNode, int threads, Path directory, List<String> options)
            throws IOException {
        NodeProcesses nodes = new NodeProcesses(new ArrayList<>(), directory);
        try {
            for (int i = 0; i < count; i++) {
                Path log = directory.resolve(name(i) + ".log");
                nodes.processes.add(new ProcessBuilder(command(main, name(i), seedNode, threads, log, options))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
            }
            return nodes;
        } catch (IOException e) {
            nodes.close();
            throw e;
        }
    }

    /**
     * Tells of each process that ends before this is closed, on a thread of its own: it could not start, join or go on.
     *
     * @param ended takes the name of the node, which is one of its roles too, and what to say: an InputException if it could
     *     not use what the user gave, else a NodeEndedException
     */
    public void watch(BiConsumer<String, RuntimeException> ended) {
        for (int i = 0; i < processes.size(); i++) {
            String name = name(i);
            Process process = processes.get(i);
            Thread watch = new Thread(() -> watch(process, name, ended), "starling-watch-" + name);
            watch.setDaemon(true);
            watch.start();
        }
    }

    private void watch(Process process, String name, BiConsumer<String, RuntimeException> ended) {
        try {
            int code = process.waitFor();
            if (!closing) {
                Path log = directory.resolve(name + ".log");
                String text = name + " ended with exit code " + code + lastError(log) + "; its output is in " + log;
                ended.accept(
                        name,
                        code == ExitCode.BAD_INPUT
                                ? new InputException("--nodes", text)
                                : new NodeEndedException(text));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last thing that it said to people, where it did, behind a colon. */
    private static String lastError(Path log) {
        String mark = "starling: ";
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(mark))
                    .reduce("", (before, line) -> ": " + line.substring(mark.length()));
        } catch (IOException | UncheckedIOException e) {
            return ""; // What is said names the file: whoever looks sees why.
        }
    }

    private static String name(int process) {
        return "node-" + (process + 2);
    }

    /** In the order in which they were started. */
    public List<ProcessHandle> handles() {
        return processes.stream().map(Process::toHandle).toList();
    }

    /** Asks all to end, waits, and ends by force those that do not. */
    @Override
    public void close() throws IOException {
        closing = true;
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        try {
            for (Process process : processes) {
                if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    /** In a node: ends when standard input does. At once: the cluster ends with the process that started it. */
    static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {}
                    } catch (IOException e) {
                        // No input is as good as its end.
                    }
                    Runtime.getRuntime().halt(ExitCode.OK);
                },
                "starling-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static List<String> command(
            Class<?> main, String name, String seedNode, int threads, Path log, List<String> options) {
        // Ctrl-C goes to every process of the terminal's group. The nodes must outlive it until the run has stopped;
        // a JVM that starts with the signal ignored keeps ignoring it.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        List<String> words = new ArrayList<>(List.of(
                "node",
                "--end-with-input",
                "--seed-node",
                seedNode,
                "--port",
                "0",
                "--threads",
                String.valueOf(threads),
                "--role",
                NodeRoster.DEVICES_ROLE,
                "--role",
                name));
        words.addAll(options);
        command.addAll(JvmCommand.of(main, log, words));
        return command;
    }
}
