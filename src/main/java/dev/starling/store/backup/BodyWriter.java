package dev.starling.store.backup;

import dev.starling.base.SimTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A backup's body as it is written: big-endian integers, floats as their bits, texts and lists behind their length. */
final class BodyWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void bits(int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    void bits(long value) {
        out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    }

    void flag(boolean value) {
        out.write(value ? 1 : 0);
    }

    void real(float value) {
        bits(Float.floatToRawIntBits(value));
    }

    void real(double value) {
        bits(Double.doubleToRawLongBits(value));
    }

    void bytes(byte[] value) {
        bits(value.length);
        out.writeBytes(value);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** 64 hexadecimal digits as 32 bytes. */
    void root(String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex));
    }

    void time(SimTime time) {
        bits(time.epochMillis());
    }

    <T> void list(Collection<T> values, Consumer<T> each) {
        bits(values.size());
        values.forEach(each);
    }

    <T> void optional(Optional<T> value, Consumer<T> present) {
        flag(value.isPresent());
        value.ifPresent(present);
    }

    void optional(OptionalDouble value) {
        flag(value.isPresent());
        value.ifPresent(this::real);
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
