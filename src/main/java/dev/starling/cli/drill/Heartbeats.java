package dev.starling.cli.drill;

import dev.starling.metrics.JmxPort;
import dev.starling.metrics.NodeMXBean;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;

/** What the nodes of a cluster know of each other's heartbeats, asked over JMX again and again. */
final class Heartbeats implements AutoCloseable {

    static final long LOOK_MILLIS = 100;

    private static final String BEAN = "dev.starling:type=Node";

    private record Watched(Performer process, JMXConnector connector, NodeMXBean node) {}

    private final int members;
    private final List<Watched> nodes = new ArrayList<>();
    private int looks;
    private int looksUnreachable;
    private int fewest;
    private double longestSilence;

    /** @param members of the cluster while all is well */
    Heartbeats(int members) {
        this.members = members;
        this.fewest = members;
    }

    /** From now on asks {@code process} too, which lets JMX clients in at {@code port}. */
    @SuppressWarnings("BanJNDI") // The registry is that of our own process, on loopback.
    void of(Performer process, String port) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(JmxPort.url(Integer.parseInt(port)));
        try {
            NodeMXBean node =
                    JMX.newMXBeanProxy(connector.getMBeanServerConnection(), new ObjectName(BEAN), NodeMXBean.class);
            nodes.add(new Watched(process, connector, node));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Asks all nodes.
     *
     * @param ended whether the run has ended: then its process leaves, and what is seen means nothing
     * @return whether it had not
     */
    boolean look(Patience.Condition ended) throws IOException {
        int seen = members;
        int unreachable = 0;
        double silence = 0;
        for (Watched watched : nodes) {
            try {
                seen = Math.min(seen, watched.node().getMembers());
                unreachable = Math.max(unreachable, watched.node().getUnreachableMembers());
                silence = Math.max(silence, watched.node().getLastHeartbeatSeconds());
            } catch (UndeclaredThrowableException e) {
                if (!ended.holds()) {
                    watched.process().requireAlive();
                    throw new DrillFailure(watched.process().name() + " does not answer: " + e.getCause());
                }
            }
        }
        if (ended.holds()) {
            return false;
        }
        looks++;
        looksUnreachable += unreachable > 0 ? 1 : 0;
        fewest = Math.min(fewest, seen);
        longestSilence = Math.max(longestSilence, silence);
        return true;
    }

    /** Throws DrillFailure if a node was given up, or nobody looked. */
    void requireGood() throws IOException {
        for (Watched watched : nodes) {
            watched.process().endedWell(); // Or not at all.
        }
        if (looks == 0) {
            throw new DrillFailure("the run ended before anything was seen: give it more rounds, with --set");
        }
        if (fewest < members) {
            throw new DrillFailure("a node was given up: there were " + fewest + " of " + members);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "no answer to a heartbeat for %.1f s at most; a node was seen as unreachable in %d of %d looks, and %s",
                longestSilence,
                looksUnreachable,
                looks,
                fewest < members ? "given up" : "never given up");
    }

    @Override
    public void close() {
        for (Watched watched : nodes) {
            try {
                watched.connector().close();
            } catch (IOException e) {
                // The process has ended.
            }
        }
    }
}
