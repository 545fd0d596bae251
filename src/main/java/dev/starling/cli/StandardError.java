package dev.starling.cli;

import dev.starling.base.OutOfMemory;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Standard error that knows how Pekko reports an error which ends the process: in pieces, then the error itself, then it exits
 * with a code of its own after all shutdown hooks. A lack of memory ends the process before that, in our words.
 */
final class StandardError extends PrintStream {

    private static final String PEKKO = "Uncaught error from thread [";
    private static final int MOST_PIECES = 16;

    /** Room that need not be found when there is none. */
    private final String[] held = new String[MOST_PIECES];

    private int pieces;

    StandardError(OutputStream sink, Charset charset) {
        super(sink, true, charset);
    }

    /** Of this process, in the encoding that the JVM would use. */
    static StandardError ofProcess() {
        return new StandardError(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), StandardOutput.charset("stderr"));
    }

    @Override
    public void print(String piece) {
        synchronized (held) {
            if ((pieces > 0 && pieces < MOST_PIECES) || (pieces == 0 && PEKKO.equals(piece))) {
                held[pieces++] = String.valueOf(piece);
                return;
            }
        }
        super.print(piece);
    }

    @Override
    public void println(String piece) {
        synchronized (held) {
            if (pieces > 0 && pieces < MOST_PIECES) {
                held[pieces++] = String.valueOf(piece);
                return;
            }
        }
        super.println(piece);
    }

    @Override
    public void println(Object line) {
        if (line instanceof Throwable failure) {
            OutOfMemory.check(failure);
        }
        release();
        super.println(line);
    }

    private void release() {
        String text = "";
        synchronized (held) {
            if (pieces > 0) {
                text = String.join("", Arrays.asList(held).subList(0, pieces));
            }
            pieces = 0;
        }
        if (!text.isEmpty()) {
            super.println(text);
        }
    }
}
