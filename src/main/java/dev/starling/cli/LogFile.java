package dev.starling.cli;

import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An appender whose file is there once something was logged: commands that have nothing to tell leave nothing behind. What is
 * there already is added to. For {@code conf/logback.xml}.
 */
public final class LogFile<E> extends OutputStreamAppender<E> {

    private static final int BUFFER_BYTES = 8192;

    private @Nullable String file;

    /** Where to, as Logback sets it before {@link #start}. */
    public void setFile(String path) {
        file = path.strip();
    }

    @Override
    public void start() {
        String path = file;
        if (path == null || path.isEmpty()) {
            addError("needs a file for the appender " + getName());
            return;
        }
        setOutputStream(new Unopened(new File(path)));
        super.start();
    }

    /** Opens its file when the first byte comes; a disk that is full for a while costs lines, not the log. */
    private static final class Unopened extends OutputStream {

        private final File file;
        private @Nullable OutputStream open;

        Unopened(File file) {
            this.file = file;
        }

        private OutputStream opened() throws IOException {
            OutputStream out = open;
            if (out == null) {
                out = new ResilientFileOutputStream(file, true, BUFFER_BYTES);
                open = out;
            }
            return out;
        }

        @Override
        public void write(int value) throws IOException {
            opened().write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > 0) {
                opened().write(bytes, from, count);
            }
        }

        @Override
        public void flush() throws IOException {
            OutputStream out = open;
            if (out != null) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            OutputStream out = open;
            if (out != null) {
                out.close();
            }
        }
    }
}
