package dev.starling.store.form;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Bytes of a payload as they are written; integers are little-endian. Ends with a CRC-32C of all before it. */
final class PayloadWriter {

    static final int CHECKSUM_BYTES = 4;

    private byte[] bytes;
    private int size;

    PayloadWriter() {
        this(512);
    }

    /** @param expected bytes, about */
    PayloadWriter(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Writes over what was written at {@code at}. */
    void set(int at, int value) {
        bytes[at] = (byte) value;
    }

    void put(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, size, count);
        size += count;
    }

    /** Room for {@code count} bytes, to be filled before anything else is written. */
    ByteBuffer room(int count) {
        reserve(count);
        size += count;
        return ByteBuffer.wrap(bytes, size - count, count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    void int32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            put(value >>> shift);
        }
    }

    /** Seven bits a byte, the low ones first; the high bit says that more follow. */
    void varint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            put(rest | 0x80);
            rest >>>= 7;
        }
        put(rest);
    }

    /** Keeps what was written in {@code [from, to)} as the end of what stands before {@code at}; drops the rest. */
    void keep(int at, int from, int to) {
        System.arraycopy(bytes, from, bytes, at, to - from);
        size = at + to - from;
    }

    /** All bytes and their checksum; nothing may be written afterwards. */
    byte[] sealed() {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, size);
        int32((int) checksum.getValue());
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size, 1 << 30)));
        }
    }
}
