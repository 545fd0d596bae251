package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.starling.PackedClasses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code starling} as a process of its own, as the launcher starts it, but from the classes under test. */
final class StarlingProcess implements AutoCloseable {

    /** Only what hangs takes that long, however busy the machine. */
    private static final long DEADLINE_SECONDS = 180;

    private static final int MOST_COLLECTIONS = 20;
    private static final String END = "\0end of output";

    private final Process process;
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private StarlingProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "starling-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param jvmOptions for this process, and for the nodes that it starts */
    static StarlingProcess start(Path log, List<String> jvmOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(PackedClasses.opened());
        command.addAll(PackedClasses.options());
        command.addAll(List.of("-Xmx600m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                PackedClasses.classPath(),
                "-Dstarling.log=" + log,
                "-Dlogback.configurationFile=conf/logback.xml",
                "-Dconfig.file=conf/application.conf",
                Main.class.getName()));
        command.addAll(arguments);
        return new StarlingProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static StarlingProcess start(Path log, String... arguments) throws IOException {
        return start(log, List.of(), List.of(arguments));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                unread.add(line);
            }
        } catch (IOException e) {
            unread.add("output ended: " + e);
        }
        unread.add(END);
    }

    /** Waits for a line that contains {@code text}, and returns it. */
    String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            String line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                return fail("no line with \"" + text + "\" in:\n" + String.join("\n", seen));
            }
            seen.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Waits for the end, and returns everything that was printed. */
    String awaitEnd(int exitCode) throws InterruptedException {
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (ended) {
            while (!seen.contains(END)) {
                seen.add(unread.take());
            }
        } else {
            unread.drainTo(seen);
        }
        String output = seen.stream().filter(line -> !line.equals(END)).collect(Collectors.joining("\n"));
        assertThat(ended).as("has ended; it said:\n" + output).isTrue();
        assertThat(process.exitValue()).as("exit code of:\n" + output).isEqualTo(exitCode);
        return output;
    }

    /** Sends a signal to it, for example {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        signal(name, process.toHandle());
    }

    static void signal(String name, ProcessHandle target) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(target.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Ends it by force, alone, when it has gone on for {@code millis} more, and waits until it is gone. */
    void killAfter(long millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("has ended by itself")
                .isFalse();
        process.destroyForcibly();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** What is left on its heap after a full collection, by the JDK's own count. */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(output);
        assertThat(total.find()).as(output).isTrue();
        return Long.parseLong(total.group(1));
    }

    /** What nobody needs any more may take several collections: cleaners and soft references let go of it one by one. */
    void awaitLiveBytesBelow(long bytes) throws IOException {
        long live = liveBytes();
        for (int collections = 1; live >= bytes && collections < MOST_COLLECTIONS; collections++) {
            live = liveBytes();
        }
        assertThat(live).as("bytes on the heap").isLessThan(bytes);
    }

    /** Files and sockets that it has open. */
    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return files.count();
        }
    }

    /** The JVMs that it started. */
    List<ProcessHandle> nodes() {
        return process.descendants().toList();
    }

    /** Ends it and what it started by force. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
