package dev.starling.cluster;

/** For tests of other rooms that write messages by hand. */
public final class WireFormat {

    private WireFormat() {}

    /** The first byte of every message. */
    public static byte current() {
        return KryoSerializer.FORMAT;
    }
}
