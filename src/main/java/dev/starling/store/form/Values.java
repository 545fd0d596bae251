package dev.starling.store.form;

import dev.starling.model.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** The bits of a snapshot's floats as integers. */
final class Values {

    private Values() {}

    /** A copy of the integers in {@code bytes}. */
    static int[] bits(ByteBuffer bytes) {
        int[] bits = new int[bytes.remaining() / 4];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(bits);
        return bits;
    }

    /** The little-endian bytes of {@code model}. */
    static byte[] copy(Snapshot model) {
        byte[] bytes = new byte[(int) model.layout().bytes()];
        model.bytes().get(bytes);
        return bytes;
    }

    /** A view of {@code bytes}. */
    static IntBuffer asBits(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }

    /** A view of {@code bytes}. */
    static FloatBuffer asFloats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
