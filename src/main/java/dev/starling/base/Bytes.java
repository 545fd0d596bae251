package dev.starling.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Immutable bytes, for example one chunk of a model on its way to another node. */
public final class Bytes {

    private final byte[] values;

    private Bytes(byte[] values) {
        this.values = values;
    }

    /** Copies {@code values}. */
    public static Bytes of(byte[] values) {
        return new Bytes(values.clone());
    }

    /** Takes {@code values} over, without a copy: nobody else may change them from now on. */
    public static Bytes owning(byte[] values) {
        return new Bytes(values);
    }

    /** Copies {@code count} bytes of {@code source} from {@code from}; its position stays where it is. */
    public static Bytes of(ByteBuffer source, int from, int count) {
        byte[] values = new byte[count];
        source.get(source.position() + from, values);
        return new Bytes(values);
    }

    public int size() {
        return values.length;
    }

    /** Copies all bytes into {@code target} from {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(values, 0, target, at, values.length);
    }

    /** Gives {@code reader}, who may only read them, the bytes themselves. */
    public void lend(Consumer<byte[]> reader) {
        reader.accept(values);
    }

    /** Writes all bytes to {@code out}. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(values);
    }

    /** A copy. */
    public byte[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(bytes.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " bytes";
    }
}
