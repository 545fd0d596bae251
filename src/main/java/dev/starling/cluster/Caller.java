package dev.starling.cluster;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the connection that is being set up. All stages of a connection are made one after the
 * other by one thread, the one that touches the network last; so that one can tell those that were made before it.
 */
public final class Caller {

    private static final ThreadLocal<@Nullable Consumer<InetAddress>> WAITING = new ThreadLocal<>();

    private Caller() {}

    /** {@code told} is for the connection that this thread sets up now. */
    static void whenKnown(Consumer<InetAddress> told) {
        WAITING.set(told);
    }

    /** The connection that this thread sets up now is with {@code address}. */
    public static void is(InetAddress address) {
        Consumer<InetAddress> told = WAITING.get();
        WAITING.remove();
        if (told != null) {
            told.accept(address);
        }
    }
}
