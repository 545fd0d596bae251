package dev.starling.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Immutable bytes, for example one chunk of a model on its way to another node. */
public final class Bytes {

    /** Reads {@code count} bytes of an array from {@code from}, without changing any. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] array, int from, int count);
    }

    private final byte[] array;
    private final int from;
    private final int count;

    private Bytes(byte[] array, int from, int count) {
        this.array = array;
        this.from = from;
        this.count = count;
    }

    /** Copies {@code values}. */
    public static Bytes of(byte[] values) {
        return owning(values.clone());
    }

    /** Takes {@code values} over, without a copy: nobody else may change them from now on. */
    public static Bytes owning(byte[] values) {
        return new Bytes(values, 0, values.length);
    }

    /** The same with {@code count} bytes of {@code array} from {@code from}; keeps all of it from being collected. */
    public static Bytes owning(byte[] array, int from, int count) {
        return new Bytes(array, Objects.checkFromIndexSize(from, count, array.length), count);
    }

    /** Copies {@code count} bytes of {@code source} from {@code from}; its position stays where it is. */
    public static Bytes of(ByteBuffer source, int from, int count) {
        byte[] values = new byte[count];
        source.get(source.position() + from, values);
        return owning(values);
    }

    public int size() {
        return count;
    }

    /** {@code count} of these bytes from {@code from}, without a copy. */
    public Bytes part(int from, int count) {
        return new Bytes(array, this.from + Objects.checkFromIndexSize(from, count, this.count), count);
    }

    /** Copies all bytes into {@code target} from {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, from, target, at, count);
    }

    /** Gives {@code reader} the bytes themselves. */
    public void lend(Reader reader) {
        reader.read(array, from, count);
    }

    /** Writes all bytes to {@code out}. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, from, count);
    }

    /** A copy. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + count);
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(array, from, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && view().equals(bytes.view());
    }

    @Override
    public int hashCode() {
        return view().hashCode();
    }

    @Override
    public String toString() {
        return count + " bytes";
    }
}
