package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import dev.starling.metrics.JmxPort;
import dev.starling.metrics.NodeMXBean;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;

/**
 * A process of a drill that can be asked over JMX what it has in hand.
 *
 * @param port where it is asked, on the loopback interface
 */
record Watched(Performer process, int port) {

    /**
     * What a node says of itself.
     *
     * @param members of its cluster, itself among them
     * @param unreachable those of them that do not answer
     * @param devices that it holds
     * @param deltas that it has trained and added to sums, since it started
     * @param silentSeconds for which the member that has been silent longest has not answered a heartbeat; NaN if it listens to none
     */
    record Figures(int members, int unreachable, long devices, long deltas, double silentSeconds) {}

    /** Begins a run on the nodes that {@code options} lead to. */
    static Watched run(Stage stage, List<String> options) throws IOException {
        int port = freePort();
        return new Watched(stage.run(with(options, port).toArray(String[]::new)), port);
    }

    /** Starts a node that works; returns when it has joined. */
    static Watched node(Stage stage, String name, List<String> options) throws IOException, InterruptedException {
        int port = freePort();
        return new Watched(stage.node(name, with(options, port).toArray(String[]::new)), port);
    }

    private static List<String> with(List<String> options, int port) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--jmx-port", String.valueOf(port)));
        return all;
    }

    /** Somebody else may take it meanwhile: then the process that should have had it says so. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As it is now; throws ProcessFailure if it has ended or does not say. */
    @SuppressWarnings("BanJNDI") // A JMX client looks its server up: on the loopback interface of this machine.
    Figures figures() throws IOException {
        process.requireAlive();
        try (JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            NodeMXBean node = JMX.newMXBeanProxy(
                    client.getMBeanServerConnection(), new ObjectName("dev.starling:type=Node"), NodeMXBean.class);
            return new Figures(
                    node.getMembers(),
                    node.getUnreachableMembers(),
                    node.getLiveDevices(),
                    node.getDeltasFolded(),
                    node.getLastHeartbeatSeconds());
        } catch (IOException | UndeclaredThrowableException | MalformedObjectNameException e) {
            throw new ProcessFailure(process.name() + " does not say over JMX what it has in hand: " + e);
        }
    }

    /** Devices that these nodes hold together. */
    static long devices(List<Watched> nodes) throws IOException {
        long sum = 0;
        for (Watched node : nodes) {
            sum += node.figures().devices();
        }
        return sum;
    }
}
