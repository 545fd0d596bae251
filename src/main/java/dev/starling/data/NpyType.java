package dev.starling.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types of NumPy that Starling reads, in either byte order, and writes, little-endian. */
public enum NpyType {
    FLOAT16("<f2", 2),
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8),
    BOOL("|b1", 1),
    INT8("|i1", 1),
    UINT8("|u1", 1),
    INT16("<i2", 2),
    UINT16("<u2", 2),
    INT32("<i4", 4),
    UINT32("<u4", 4),
    INT64("<i8", 8),
    UINT64("<u8", 8);

    private static final String BYTE_ORDERS = "<>|";

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** As NumPy writes it in an array's header. */
    public String descr() {
        return descr;
    }

    /** As NumPy calls it: {@code float32}. */
    public String numpyName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    public boolean floating() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    /** The type behind a header's {@code descr}, whatever its byte order. */
    static Optional<NpyType> of(String descr) {
        if (descr.isEmpty() || BYTE_ORDERS.indexOf(descr.charAt(0)) < 0) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(type -> type.descr.substring(1).equals(descr.substring(1)))
                .findFirst();
    }
}
