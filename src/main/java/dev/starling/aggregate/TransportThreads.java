package dev.starling.aggregate;

import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * Where actors run that hear of other nodes, never wait for a disk, and do nothing for long: on the threads that bring what
 * those say, heartbeats among it. On busy cores it takes longer to wake a further thread than to do most of what is asked.
 */
public final class TransportThreads {

    public static final DispatcherSelector SELECTOR = DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher");

    private TransportThreads() {}
}
