package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cluster.Node;
import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.JmxBean;
import dev.starling.metrics.JmxPort;
import dev.starling.metrics.NodeBean;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in this JVM, each with an actor system and a port of its own, and nothing goes wrong. */
@Tag("cluster")
@SuppressWarnings({
    "try", // Ports and beans are open while a block runs.
    "BanJNDI" // A JMX client looks its server up; this one is ours.
})
class HealthyClusterTest {

    private static final String SCENARIO = ParityFleet.scenario(2, 5) + """
            rounds.cohort = 150
            personal { sessions = 1, epochs = 1, learning-rate = 0.01 }
            """;

    private static final List<String> SHOWN = List.of(
            "Members",
            "UnreachableMembers",
            "Shards",
            "LiveDevices",
            "TasksQueued",
            "TasksRunning",
            "BytesSent",
            "BytesReceived",
            "LastHeartbeatSeconds",
            "DeadLetters");

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static NodeSettings settings(List<String> seeds) {
        return new NodeSettings("127.0.0.1", OptionalInt.of(0), seeds, List.of(), 1, List.of());
    }

    private static Map<String, Number> shown(MBeanServerConnection beans, String type) {
        Map<String, Number> values = new HashMap<>();
        try {
            for (String attribute : SHOWN) {
                values.put(
                        attribute, (Number) beans.getAttribute(new ObjectName("dev.starling:type=" + type), attribute));
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    private static long sum(Map<String, Map<String, Number>> nodes, String attribute) {
        return nodes.values().stream()
                .mapToLong(node -> (long) value(node, attribute))
                .sum();
    }

    private static double value(Map<String, Number> node, String attribute) {
        return node.getOrDefault(attribute, Double.NaN).doubleValue();
    }

    /** Looks at all nodes as the run ends, over JMX as a person would. */
    private static final class AtTheEnd implements RunListener {

        private final MBeanServerConnection beans;
        private final Map<String, Map<String, Number>> nodes = new HashMap<>();
        private int members;
        private int silent;
        private long bytes;

        AtTheEnd(MBeanServerConnection beans) {
            this.beans = beans;
        }

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void nodes(int membersNow, int unreachable) {
            members = membersNow;
            silent = Math.max(silent, unreachable);
        }

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            bytes += round.nodeBytes();
        }

        @Override
        public void finished(RunOutcome outcome) {
            // The run's own node is called Node.
            List.of("First", "Second", "Node").forEach(type -> nodes.put(type, shown(beans, type)));
        }
    }

    @Test
    void noMessageIsLostAndEveryNodeSaysHowItIs() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (Node first = Node.start(settings(List.of()));
                Node second = Node.start(settings(List.of(first.address())));
                JmxBean firstBean = JmxBean.register("First", new NodeBean(first.figures(), () -> 0));
                JmxBean secondBean = JmxBean.register("Second", new NodeBean(second.figures(), () -> 0));
                JmxPort open = JmxPort.open(port);
                JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            second.joined().join();
            AtTheEnd end = new AtTheEnd(client.getMBeanServerConnection());
            RunRequest request = new RunRequest(
                    ScenarioReader.parse(SCENARIO, "fleet.conf"),
                    settings(List.of(first.address())),
                    1,
                    true,
                    false,
                    directory);
            RunOutcome outcome = new ClusterSimulator().run(request, new RunControl(), List.of(end));

            assertThat(outcome.phase()).isEqualTo(Phase.DONE);
            assertThat(end.members).isEqualTo(3);
            assertThat(end.silent).isZero();
            assertThat(end.nodes).hasSize(3).allSatisfy((name, node) -> {
                assertThat(node.get("Members")).isEqualTo(3);
                assertThat(node.get("UnreachableMembers")).isEqualTo(0);
                assertThat(node.get("DeadLetters")).isEqualTo(0L);
                assertThat(node.get("TasksQueued")).isEqualTo(0L);
                assertThat(node.get("TasksRunning")).isEqualTo(0L);
                assertThat(value(node, "Shards")).isPositive();
                assertThat(value(node, "LiveDevices")).isPositive();
                assertThat(value(node, "BytesReceived")).isPositive();
                // The last to join may have left again before anybody answered its first heartbeat.
                assertThat(value(node, "LastHeartbeatSeconds"))
                        .satisfiesAnyOf(
                                age -> assertThat(age).isNaN(),
                                age -> assertThat(age).isBetween(0.0, 10.0));
            });
            assertThat(value(end.nodes.getOrDefault("First", Map.of()), "LastHeartbeatSeconds"))
                    .isBetween(0.0, 10.0);
            assertThat(end.bytes).isPositive().isLessThan(sum(end.nodes, "BytesSent"));
            assertThat(sum(end.nodes, "Shards")).isLessThanOrEqualTo(96);
        }
    }
}
