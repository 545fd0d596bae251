package dev.starling.cluster;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is at the other end of the connection that is being set up. All stages of a connection are made one after the
 * other by one thread, the one that touches the network first; so it can leave the address for those behind it.
 */
public final class Caller {

    private static final ThreadLocal<InetAddress> LATEST = new ThreadLocal<>();

    private Caller() {}

    /** A stage that this thread makes now talks to {@code address}. */
    public static void is(InetAddress address) {
        LATEST.set(address);
    }

    /** The address that was left last, once. */
    static Optional<InetAddress> take() {
        Optional<InetAddress> address = Optional.ofNullable(LATEST.get());
        LATEST.remove();
        return address;
    }
}
