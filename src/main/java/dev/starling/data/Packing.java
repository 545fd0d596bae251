package dev.starling.data;

/**
 * How much packed bytes may stand for. Data packs to a few per cent, and columns of nearly only zeros to one in two or
 * three hundred; a file made to fill memory comes close to the 1032 that DEFLATE allows (RFC 1951).
 */
final class Packing {

    static final int MAX_RATIO = 500;

    /** Whatever the ratio, this much does no harm, even to those who make ten times as much of it. */
    private static final long HARMLESS_BYTES = 16 << 20;

    /** Arrays take no more than their bytes, and those of words or clicks are nearly only zeros. */
    private static final long HARMLESS_ARRAY_BYTES = 256 << 20;

    private Packing() {}

    /** Bytes that {@code packed} ones may become. */
    static long mostUnpacked(long packed) {
        return Math.max(HARMLESS_BYTES, ratio(packed));
    }

    /** Bytes of an array that {@code packed} ones may become. */
    static long mostUnpackedArray(long packed) {
        return Math.max(HARMLESS_ARRAY_BYTES, ratio(packed));
    }

    private static long ratio(long packed) {
        return MAX_RATIO * Math.min(packed, Long.MAX_VALUE / MAX_RATIO);
    }

    static String rule(long packed) {
        return rule(packed, mostUnpacked(packed));
    }

    static String arrayRule(long packed) {
        return rule(packed, mostUnpackedArray(packed)) + ". If it is none, save it with numpy.savez, unpacked";
    }

    private static String rule(long packed, long most) {
        return "must not unpack to more than " + MAX_RATIO + " times its size, got " + packed
                + " bytes that stand for more than " + most + "; it looks like a decompression bomb";
    }
}
