package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.metrics.DeviceInspection.Work;
import dev.starling.metrics.RunControl.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.junit.jupiter.api.Test;

/** Over a real connection, as JConsole makes it. */
@SuppressWarnings({
    "try", // Ports and beans are open while a block runs; nothing asks them anything.
    "BanJNDI" // A JMX client looks its server up; this one is ours.
})
class JmxPortTest {

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ObjectName name(String type) throws Exception {
        return new ObjectName("dev.starling:type=" + type);
    }

    private static Object attribute(MBeanServerConnection beans, String type, String attribute) throws Exception {
        return beans.getAttribute(name(type), attribute);
    }

    @Test
    void aClientReadsARunAndSteersIt() throws Exception {
        RunControl control = new RunControl();
        RunBean run = new RunBean(control);
        int port = freePort();
        try (JmxBean bean = JmxBean.register("Run", run);
                JmxPort open = JmxPort.open(port);
                JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            assertThat(attribute(beans, "Run", "Phase")).isEqualTo("STARTING");

            run.started(SampleRun.info(200));
            run.phase(Phase.ROUNDS);
            for (int n = 1; n <= 150; n++) {
                run.roundCommitted(SampleRun.round(n));
            }
            run.progress(151, 3, 4);

            assertThat(attribute(beans, "Run", "Name")).isEqualTo("sample");
            assertThat(attribute(beans, "Run", "Phase")).isEqualTo("ROUNDS");
            assertThat(attribute(beans, "Run", "Round")).isEqualTo(150);
            assertThat(attribute(beans, "Run", "Version")).isEqualTo(150);
            assertThat(attribute(beans, "Run", "FleetTime")).isEqualTo("1970-01-01T02:30:00Z");
            assertThat(attribute(beans, "Run", "Reporters")).isEqualTo(3);
            assertThat(attribute(beans, "Run", "ExpectedReporters")).isEqualTo(4);
            assertThat(attribute(beans, "Run", "BytesUp")).isEqualTo(150 * 400L);
            CompositeData[] history = (CompositeData[]) attribute(beans, "Run", "MetricHistory");
            assertThat(history).hasSize(RunBean.HISTORY);
            assertThat(history[99].get("round")).isEqualTo(150);
            assertThat(history[99].get("value")).isEqualTo(1.5);

            beans.invoke(name("Run"), "pause", new Object[0], new String[0]);
            assertThat(control.wish()).isEqualTo(Wish.PAUSE);
            beans.invoke(name("Run"), "resume", new Object[0], new String[0]);
            assertThat(control.wish()).isEqualTo(Wish.RUN);
            beans.invoke(name("Run"), "stop", new Object[0], new String[0]);
            assertThat(control.wish()).isEqualTo(Wish.STOP);
        }
    }

    @Test
    void aClientInspectsOneDevice() throws Exception {
        DeviceInspection seven = new DeviceInspection(
                7,
                "slow",
                1e9,
                1e6,
                2e5,
                90,
                10,
                List.of(90, 0),
                3,
                List.of(new Work(4, 3, 9, 90, 0.7)),
                0.5,
                0.8,
                0.4,
                Double.NaN);
        int port = freePort();
        try (JmxBean bean = JmxBean.register(
                        "Devices",
                        new DevicesBean(
                                8,
                                id -> seven,
                                (id, example) -> new DevicePrediction(id, example, List.of(), List.of())));
                JmxPort open = JmxPort.open(port);
                JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            String[] types = {"int"};

            CompositeData data = (CompositeData) beans.invoke(name("Devices"), "inspect", new Object[] {7}, types);
            assertThat(data.get("className")).isEqualTo("slow");
            assertThat((Integer[]) data.get("examplesPerLabel")).containsExactly(90, 0);
            assertThat(data.get("version")).isEqualTo(3);
            assertThat(((CompositeData[]) data.get("history"))[0].get("steps")).isEqualTo(9);
            assertThat(data.get("baseAccuracy")).isEqualTo(0.8);

            assertThatThrownBy(() -> beans.invoke(name("Devices"), "inspect", new Object[] {8}, types))
                    .isInstanceOf(RuntimeMBeanException.class)
                    .hasRootCauseMessage("deviceId must be 0 to 7, got 8");
        }
    }

    @Test
    void aNodeShowsWhatItsActorsCount() throws Exception {
        NodeFigures figures = new NodeFigures(System::nanoTime);
        figures.deltaFolded();
        figures.deviceStarted();
        int port = freePort();
        try (JmxBean bean = JmxBean.register("Node", new NodeBean(figures, () -> 1L << 40));
                JmxPort open = JmxPort.open(port);
                JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            assertThat(attribute(beans, "Node", "DeltasFolded")).isEqualTo(1L);
            assertThat(attribute(beans, "Node", "LiveDevices")).isEqualTo(1L);
            assertThat((Long) attribute(beans, "Node", "HeapUsedBytes")).isPositive();
            assertThat((Long) attribute(beans, "Node", "OffHeapUsedBytes")).isGreaterThanOrEqualTo(1L << 40);
        }
    }

    @Test
    void aPortInUseIsBadInput() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> JmxPort.open(taken.getLocalPort()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--jmx-port")
                    .hasMessageContaining("got " + taken.getLocalPort());
        }
    }

    @Test
    void aLaterRunTakesTheName() throws Exception {
        RunBean first = new RunBean(new RunControl());
        RunBean second = new RunBean(new RunControl());
        second.phase(Phase.EVALUATING);
        int port = freePort();
        try (JmxBean left = JmxBean.register("Run", first);
                JmxBean right = JmxBean.register("Run", second);
                JmxPort open = JmxPort.open(port);
                JMXConnector client = JMXConnectorFactory.connect(JmxPort.url(port))) {
            assertThat(attribute(client.getMBeanServerConnection(), "Run", "Phase"))
                    .isEqualTo("EVALUATING");
        }
    }
}
