package dev.starling.data;

import dev.starling.base.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is read of a file, up to a limit: whatever goes beyond ends in an InputException, not in much memory. */
final class LimitedInput extends FilterInputStream {

    private final String place;
    private final String rule;
    private final long maxLineBytes;

    private long left;
    private long inLine;

    /**
     * @param maxBytes that may be read
     * @param maxLineBytes between two line feeds
     * @param rule for the message, what there must be at most
     */
    LimitedInput(InputStream in, String place, long maxBytes, long maxLineBytes, String rule) {
        super(in);
        this.place = place;
        this.left = maxBytes;
        this.maxLineBytes = maxLineBytes;
        this.rule = rule;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = super.read(bytes, offset, length);
        if (got > left) {
            throw new InputException(place, rule);
        }
        left -= Math.max(got, 0);
        if (maxLineBytes < Long.MAX_VALUE) {
            countLines(bytes, offset, got);
        }
        return got;
    }

    private void countLines(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            inLine = bytes[i] == '\n' ? 0 : inLine + 1;
            if (inLine > maxLineBytes) {
                throw new InputException(place, "must have lines of at most " + maxLineBytes + " bytes");
            }
        }
    }

    /** By reading, so that it is counted. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
