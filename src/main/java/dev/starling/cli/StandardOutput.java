package dev.starling.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers when it could not be written: a {@link PrintStream} keeps that to itself. What is printed
 * afterwards is dropped, so that a run goes on to its results; the exit code tells at the end.
 */
final class StandardOutput {

    private final Watched watched;
    private final PrintStream stream;

    StandardOutput(OutputStream sink, Charset charset) {
        this.watched = new Watched(sink);
        this.stream = new PrintStream(new BufferedOutputStream(watched), true, charset);
    }

    /** Of this process, in the encoding that the JVM would use. */
    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), charset("stdout"));
    }

    /** @param stream {@code stdout} or {@code stderr} */
    static Charset charset(String stream) {
        String older = System.getProperty("sun." + stream + ".encoding", "");
        String encoding = System.getProperty(stream + ".encoding", older);
        return encoding.isEmpty() ? Charset.defaultCharset() : Charset.forName(encoding);
    }

    PrintStream stream() {
        return stream;
    }

    /** Why not everything was written; empty too if only nobody wanted to read on, as with {@code | head}. */
    Optional<String> failure() {
        stream.flush();
        IOException failure = watched.failure;
        return failure == null || isClosedPipe(failure)
                ? Optional.empty()
                : Optional.of("could not write to standard output: " + failure.getMessage());
    }

    /** The JVM knows it by its words only. */
    private static boolean isClosedPipe(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }

    /** {@code code}, or that of a failure if that was none and the output failed, which {@code err} is told. */
    int exitCode(int code, PrintStream err) {
        Optional<String> failure = failure();
        failure.ifPresent(text -> err.println("starling: " + text));
        return failure.isPresent() && code == ExitCode.OK ? ExitCode.FAILED : code;
    }

    /** Written to by one thread at a time: its print stream locks. */
    private static final class Watched extends OutputStream {

        private final OutputStream sink;
        private volatile @Nullable IOException failure;

        Watched(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            attempt(() -> sink.write(bytes, from, count));
        }

        @Override
        public void flush() {
            attempt(sink::flush);
        }

        private void attempt(Writing writing) {
            if (failure != null) {
                return;
            }
            try {
                writing.write();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
