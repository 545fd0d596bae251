package dev.starling.data;

import java.util.Arrays;
import java.util.Optional;

/** The element types of NumPy that Starling reads and writes, all little-endian. */
public enum NpyType {
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8),
    UINT8("|u1", 1),
    INT32("<i4", 4),
    INT64("<i8", 8);

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

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    public boolean floating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    static Optional<NpyType> of(String descr) {
        return Arrays.stream(values()).filter(type -> type.descr.equals(descr)).findFirst();
    }
}
