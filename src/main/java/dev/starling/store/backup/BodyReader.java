package dev.starling.store.backup;

import dev.starling.base.SimTime;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Reads what {@link BodyWriter} wrote. No length is believed: nothing larger than what is left of the body is allocated.
 * Throws BackupRefusedException for what cannot be.
 */
final class BodyReader {

    private final ByteBuffer in;

    BodyReader(byte[] body) {
        this.in = ByteBuffer.wrap(body);
    }

    int bits32() {
        return read(in::getInt);
    }

    long bits64() {
        return read(in::getLong);
    }

    boolean flag() {
        int value = read(in::get);
        if (value != 0 && value != 1) {
            throw BackupRefusedException.damaged("a flag must be 0 or 1, it is " + value);
        }
        return value == 1;
    }

    float real32() {
        return Float.intBitsToFloat(bits32());
    }

    double real64() {
        return Double.longBitsToDouble(bits64());
    }

    byte[] bytes() {
        return take(length(1));
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BackupRefusedException.damaged("a text is not UTF-8");
        }
    }

    String root() {
        return HexFormat.of().formatHex(take(32));
    }

    SimTime time() {
        return new SimTime(bits64());
    }

    /** @param least bytes that each element takes, at least 1 */
    <T> List<T> list(int least, Supplier<T> each) {
        int count = length(least);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.get());
        }
        return values;
    }

    <T> Optional<T> optional(Supplier<T> present) {
        return flag() ? Optional.of(present.get()) : Optional.empty();
    }

    OptionalDouble optionalReal() {
        return flag() ? OptionalDouble.of(real64()) : OptionalDouble.empty();
    }

    void requireEnd() {
        if (in.hasRemaining()) {
            throw BackupRefusedException.damaged(in.remaining() + " bytes are left over");
        }
    }

    /** A count of elements of at least {@code least} bytes each: as many as can be there. */
    private int length(int least) {
        int length = bits32();
        if (length < 0 || length > in.remaining() / least) {
            throw BackupRefusedException.damaged("a length of " + length + " is beyond its end");
        }
        return length;
    }

    private byte[] take(int count) {
        byte[] bytes = new byte[Math.min(count, in.remaining())];
        in.get(bytes);
        if (bytes.length < count) {
            throw BackupRefusedException.damaged("it ends too early");
        }
        return bytes;
    }

    private static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (BufferUnderflowException e) {
            throw BackupRefusedException.damaged("it ends too early");
        }
    }
}
