package dev.starling.data;

/**
 * How much packed bytes may stand for. Data packs to a few per cent, and columns of nearly only zeros to one in two or
 * three hundred; a file made to fill memory comes close to the 1032 that DEFLATE allows (RFC 1951).
 */
final class Packing {

    static final int MAX_RATIO = 500;

    /** Whatever the ratio, this much does no harm. */
    private static final long HARMLESS_BYTES = 16 << 20;

    private Packing() {}

    /** Bytes that {@code packed} ones may become. */
    static long mostUnpacked(long packed) {
        return Math.max(HARMLESS_BYTES, MAX_RATIO * Math.min(packed, Long.MAX_VALUE / MAX_RATIO));
    }

    static String rule(long packed) {
        return "must not unpack to more than " + MAX_RATIO + " times its size, got " + packed
                + " bytes that stand for more than " + mostUnpacked(packed) + "; it looks like a decompression bomb";
    }
}
