package dev.starling.base;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process that is out of memory: at once, with one line that says which memory is too small and how to give more.
 * Whatever thread it happens in, what it was doing is lost, and others may wait for it for ever; what a run had saved is whole.
 *
 * <p>Only in a process that {@link #endsProcess} was called for; else {@link #check} does nothing. What is said of the heap is
 * put into bytes beforehand, and a thread that exists already sees to the end: neither needs memory that is not there.
 */
public final class OutOfMemory {

    /** Writing to the log may wait for a lock whose owner waits for memory. */
    private static final long PATIENCE_MILLIS = 3_000;

    private static final int MOST_CAUSES = 30;
    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private static volatile @Nullable OutOfMemory process;

    private final int exitCode;
    private final boolean terminal;
    private final Consumer<Throwable> log;
    private final byte[] prepared;
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Thread end;
    private volatile @Nullable Path run;

    private OutOfMemory(int exitCode, boolean terminal, Consumer<Throwable> log) {
        this.exitCode = exitCode;
        this.terminal = terminal;
        this.log = log;
        this.prepared = bytes(line("Java heap space", Runtime.getRuntime().maxMemory()));
        this.end = new Thread(this::endLater, "starling-out-of-memory");
        end.setDaemon(true);
    }

    /**
     * From here on this process ends with {@code exitCode} when any of its threads is out of memory.
     *
     * @param terminal whether a line of progress may stand where the message goes
     * @param log is told of the error after the message is out
     */
    public static void endsProcess(int exitCode, boolean terminal, Consumer<Throwable> log) {
        OutOfMemory made = new OutOfMemory(exitCode, terminal, log);
        process = made;
        Thread.setDefaultUncaughtExceptionHandler(OutOfMemory::uncaught);
    }

    /** The run in {@code directory} can be resumed if it has begun by then; said behind the message. */
    public static void resumable(Path directory) {
        OutOfMemory here = process;
        if (here != null) {
            here.run = directory;
        }
    }

    /** Does not return if {@code failure} is, or was caused by, a lack of memory. */
    public static void check(Throwable failure) {
        OutOfMemory here = process;
        if (here == null) {
            return;
        }
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof OutOfMemoryError error) {
                here.end(error);
            }
            cause = cause.getCause();
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // As the JVM itself does of what nobody catches.
    private static void uncaught(Thread thread, Throwable failure) {
        check(failure);
        System.err.print("Exception in thread \"" + thread.getName() + "\" ");
        failure.printStackTrace();
    }

    private void end(OutOfMemoryError error) {
        if (!ENDING.compareAndSet(false, true)) {
            while (true) {
                LockSupport.park(); // Another thread sees to it; this one must not go on.
            }
        }
        try {
            end.start();
            say(error);
            log.accept(error);
        } catch (Throwable again) {
            // No memory for that either: what can be done is done.
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private void endLater() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            // Then it ends sooner: nothing is left that could go on.
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private void say(OutOfMemoryError error) throws IOException {
        byte[] message = prepared;
        try {
            message = bytes(line(String.valueOf(error.getMessage()), heapBytes()));
        } catch (OutOfMemoryError | LinkageError again) {
            // Then with the words that are there.
        }
        if (terminal) {
            err.write('\n');
        }
        err.write(message);
        Path directory = run;
        if (directory != null
                && Files.isRegularFile(directory.resolve("progress").resolve("run.json"))) {
            err.write(bytes("to go on, with more: starling run --resume " + directory));
        }
    }

    /** As it was asked for: of what the JVM says otherwise, collectors leave out a part that they need themselves. */
    private static long heapBytes() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Long.parseLong(jvm.getVMOption("MaxHeapSize").getValue());
    }

    private static byte[] bytes(String line) {
        return (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The message.
     *
     * @param reason as the JVM, or who keeps tensors outside of the heap, words it
     * @param heapBytes that the heap may have
     */
    static String line(String reason, long heapBytes) {
        String words = reason.toLowerCase(Locale.ROOT);
        if (words.contains("metaspace") || words.contains("class space")) {
            return said("the room for classes is too small", reason, "-XX:MaxMetaspaceSize=1g");
        }
        if (words.contains("direct buffer")) {
            return said(
                    "the buffers of the network outside of the heap have too little room",
                    reason,
                    "-XX:MaxDirectMemorySize=2g");
        }
        if (words.contains("native thread")) {
            return "starling: out of memory: the system starts no more threads for this process (" + reason
                    + "); see ulimit -u and the limits of the container, or use fewer --threads";
        }
        if (words.contains("vm limit")) {
            return "starling: out of memory: something needs more than one array can hold, whatever the heap (" + reason
                    + "); the data or the model must be smaller";
        }
        if (words.contains("physical")
                || words.contains("maxbytes")
                || words.contains("pointer")
                || words.contains("malloc")
                || words.contains("calloc")) {
            return said(
                    "the room for tensors outside of the heap is too small",
                    reason,
                    "-Dorg.bytedeco.javacpp.maxBytes=4g");
        }
        long megabytes = Math.max(1, heapBytes >> 20);
        return said("the heap of " + megabytes + " MB is too small", reason, "-Xmx" + more(megabytes));
    }

    private static String said(String what, String reason, String option) {
        return "starling: out of memory: " + what + " (" + reason + "); give more with STARLING_JAVA_OPTS=" + option;
    }

    /** Twice as much, as {@code -Xmx} takes it; at least what a small run needs. */
    private static String more(long megabytes) {
        long least = 128;
        long power = Long.highestOneBit(Math.max(least, 2 * megabytes) * 2 - 1);
        return power >= 1024 ? power / 1024 + "g" : power + "m";
    }
}
