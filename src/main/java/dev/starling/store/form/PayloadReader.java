package dev.starling.store.form;

import dev.starling.store.DamagedModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads what {@link PayloadWriter} wrote. Throws DamagedModelException, and nothing else, whatever the bytes are; never
 * allocates.
 */
final class PayloadReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    /**
     * Checks the checksum. The model's root would tell as well, but only after a whole recovery, and some bits of a
     * compressed frame are not looked at when it is read.
     */
    PayloadReader(byte[] payload) {
        this(payload, 0, payload.length);
    }

    /** The same for {@code count} bytes of {@code payload} from {@code from}. */
    PayloadReader(byte[] payload, int from, int count) {
        if (count <= PayloadWriter.CHECKSUM_BYTES) {
            throw DamagedModelException.payload("there are only " + count + " of them");
        }
        this.bytes = payload;
        this.at = from;
        this.end = from + count - PayloadWriter.CHECKSUM_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(payload, from, end - from);
        int stored = 0;
        for (int i = 0; i < PayloadWriter.CHECKSUM_BYTES; i++) {
            stored |= (payload[end + i] & 0xFF) << (8 * i);
        }
        int actual = (int) checksum.getValue();
        if (stored != actual) {
            throw DamagedModelException.payload(
                    String.format("their checksum is %08x, it must be %08x", actual, stored));
        }
    }

    int remaining() {
        return end - at;
    }

    /** 0 to 255. */
    int next() {
        return bytes[skip(1)] & 0xFF;
    }

    int int32() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= next() << shift;
        }
        return value;
    }

    /** At most {@code most}. */
    int varint(int most) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7F) << shift;
            if (part < 0x80) {
                if (value > most) {
                    throw DamagedModelException.payload(
                            "there is a number of " + value + ", at most " + most + " fits");
                }
                return (int) value;
            }
        }
        throw DamagedModelException.payload("there is a number of more than five bytes");
    }

    /** Goes past {@code count} bytes of {@link #bytes}; returns where they start. */
    int skip(int count) {
        if (count < 0 || count > remaining()) {
            throw DamagedModelException.payload(
                    "they end too early: " + count + " more are needed, " + remaining() + " are left");
        }
        at += count;
        return at - count;
    }

    /** Goes past {@code count} bytes; returns them, to be read only, from position 0. */
    ByteBuffer part(int count) {
        return ByteBuffer.wrap(bytes, skip(count), count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All bytes; to be read only, where {@link #skip} has been. */
    byte[] bytes() {
        return bytes;
    }

    void requireEnd() {
        if (remaining() != 0) {
            throw DamagedModelException.payload(remaining() + " are left over");
        }
    }
}
