package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.cli.DnsResponder.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that find each other in DNS, with a name server that answers as that of Kubernetes does. */
@Tag("cluster")
class DnsBootstrapTest {

    private static final String SCENARIO =
            """
            seed = 3
            data {
              directory = %s
              source { kind = npz, file = data.npz }
              partition.kind = from-file
              hold-back = 0.1
            }
            model.network = "mlp(20)"
            local { epochs = 2, batch = 10, learning-rate = 0.05 }
            fleet.devices = 200
            rounds { max = 3, cohort = 40 }
            """.formatted(Path.of("src/test/resources/parity").toAbsolutePath());

    /** How a pod is told to look up short names. */
    private static final String DOMAIN = "default.svc.cluster.local";

    private static final String SERVICE = "starling." + DOMAIN;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    /** One that nobody listens on, at any address. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<String> options(DnsResponder dns, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "-Dpekko.io.dns.async-dns.nameservers=" + dns.address(),
                "-Dpekko.io.dns.async-dns.search-domains=" + DOMAIN,
                "-Dpekko.management.cluster.bootstrap.contact-point-discovery.stable-margin=1s"));
        all.addAll(List.of(more));
        return all;
    }

    private StarlingProcess starling(String log, List<String> options, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--bootstrap", "starling", "--threads", "1"));
        return StarlingProcess.start(directory.resolve(log), options, arguments);
    }

    /**
     * As in deploy/kubernetes: each pod has an address of its own, all have one port, and certificates for the name of
     * the service. The run is not among what the name leads to.
     */
    @Test
    void podsFindEachOtherByTheAddressesOfTheirService() throws Exception {
        String certificates = directory.resolve("tls").toString();
        assertThat(new CommandLineFixture().execute("certs", "--host", "starling", "--dir", certificates))
                .isEqualTo(ExitCode.OK);
        String port = String.valueOf(freePort());
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        try (DnsResponder dns = new DnsResponder(Map.of(SERVICE, List.of("127.0.1.2", "127.0.1.3")), Map.of())) {
            int management = freePort();
            List<String> options = options(
                    dns,
                    "-Dpekko.management.http.port=" + management,
                    "-Dpekko.management.cluster.bootstrap.contact-point.fallback-port=" + management);
            try (StarlingProcess first = starling(
                            "1.log", options, "node", "--host", "127.0.1.2", "--port", port, "--tls", certificates);
                    StarlingProcess second = starling(
                            "2.log", options, "node", "--host", "127.0.1.3", "--port", port, "--tls", certificates)) {
                first.awaitLine("joined the cluster");
                second.awaitLine("joined the cluster");
                try (StarlingProcess run = starling(
                        "run.log",
                        options,
                        "run",
                        scenario.toString(),
                        "--cluster",
                        "--host",
                        "127.0.1.4",
                        "--port",
                        port,
                        "--tls",
                        certificates,
                        "--out",
                        directory.resolve("run").toString())) {
                    run.awaitEnd(ExitCode.OK);
                }
            }
            assertThat(dns.asked()).contains(SERVICE + " A").noneMatch(question -> question.endsWith(" SRV"));
        }
        var summary = new ObjectMapper()
                .readTree(directory.resolve("run/summary.json").toFile());
        assertThat(summary.get("nodes").asInt()).isEqualTo(3);
        assertThat(summary.get("modelRoot").asText())
                .isEqualTo(FleetInOneJvm.run(SCENARIO, 2, directory.resolve("plain"))
                        .root());
    }

    /** Where ports differ, the name of the port is asked for too. */
    @Test
    void nodesFindEachOtherByThePortsOfTheirService() throws Exception {
        List<Integer> ports = List.of(freePort(), freePort());
        Map<String, List<String>> addresses =
                Map.of("node-0." + SERVICE, List.of("127.0.0.1"), "node-1." + SERVICE, List.of("127.0.0.1"));
        Map<String, List<Target>> services = Map.of(
                "_management._tcp." + SERVICE,
                List.of(new Target("node-0." + SERVICE, ports.get(0)), new Target("node-1." + SERVICE, ports.get(1))));
        try (DnsResponder dns = new DnsResponder(addresses, services)) {
            List<StarlingProcess> nodes = new ArrayList<>();
            try {
                for (int port : ports) {
                    List<String> options = options(
                            dns,
                            "-Dpekko.io.dns.resolver=async-dns",
                            "-Dpekko.management.http.port=" + port,
                            "-Dpekko.management.cluster.bootstrap.contact-point-discovery.port-name=management");
                    nodes.add(starling(port + ".log", options, "node"));
                }
                for (StarlingProcess node : nodes) {
                    node.awaitLine("joined the cluster");
                }
            } finally {
                nodes.forEach(StarlingProcess::close);
            }
            assertThat(dns.asked()).contains("_management._tcp." + SERVICE + " SRV");
        }
        // One of them founds the cluster, and welcomes the other.
        assertThat(ports.stream().filter(port -> log(port).contains(" - Welcome from [")))
                .hasSize(1);
        assertThat(ports).noneMatch(port -> log(port).contains(" ERROR "));
    }

    private String log(int port) {
        try {
            return Files.readString(directory.resolve(port + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
