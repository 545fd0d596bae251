package dev.starling.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Further JVMs of {@code run --nodes N}, started on loopback like this one. They end when closed, and also when this
 * process dies in any way: their standard input is a pipe from it.
 */
public final class NodeProcesses implements AutoCloseable {

    private static final long GRACE_SECONDS = 10;

    /** One log, debugger port or class archive each. */
    private static final List<String> NOT_INHERITED =
            List.of("-Dstarling.log=", "-agentlib:", "-XX:ArchiveClassesAtExit=", "-Dcom.sun.management.jmxremote");

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
                Path log = directory.resolve("node-" + (i + 2) + ".log");
                nodes.processes.add(new ProcessBuilder(command(main, seedNode, threads, log, options))
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

    /** Completes with what to say if a process ends before this is closed: it could not start, join or go on. */
    public CompletableFuture<String> earlyEnd() {
        CompletableFuture<String> problem = new CompletableFuture<>();
        for (int i = 0; i < processes.size(); i++) {
            String name = "node-" + (i + 2);
            Process process = processes.get(i);
            Thread watch = new Thread(() -> watch(process, name, problem), "starling-watch-" + name);
            watch.setDaemon(true);
            watch.start();
        }
        return problem;
    }

    private void watch(Process process, String name, CompletableFuture<String> problem) {
        try {
            int code = process.waitFor();
            if (!closing) {
                problem.complete(name + " ended with exit code " + code + "; its output is in "
                        + directory.resolve(name + ".log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
                    process.destroyForcibly();
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

    private static List<String> command(Class<?> main, String seedNode, int threads, Path log, List<String> options) {
        // Ctrl-C goes to every process of the terminal's group. The nodes must outlive it until the run has stopped;
        // a JVM that starts with the signal ignored keeps ignoring it.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (NOT_INHERITED.stream().noneMatch(argument::startsWith)) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-Dstarling.log=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "node",
                "--end-with-input",
                "--seed-node",
                seedNode,
                "--port",
                "0",
                "--threads",
                String.valueOf(threads)));
        command.addAll(options);
        return command;
    }
}
