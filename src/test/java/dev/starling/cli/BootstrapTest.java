package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that find each other by a name; here a list in the configuration stands in for DNS. */
@Tag("cluster")
class BootstrapTest {

    private static final String SCENARIO = ParityFleet.scenario(2, 3);

    private static final String ENDPOINTS = "-Dpekko.discovery.config.services.fleet.endpoints.";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** @param management ports of the nodes that the list names */
    private StarlingProcess starling(String name, int own, List<Integer> management, String... words)
            throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Dpekko.management.http.port=" + own,
                "-Dpekko.management.cluster.bootstrap.contact-point-discovery.discovery-method=config",
                "-Dpekko.management.cluster.bootstrap.contact-point-discovery.stable-margin=1s"));
        for (int i = 0; i < management.size(); i++) {
            options.add(ENDPOINTS + i + ".host=127.0.0.1");
            options.add(ENDPOINTS + i + ".port=" + management.get(i));
        }
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--bootstrap", "fleet", "--threads", "1"));
        return StarlingProcess.start(directory.resolve(name + ".log"), options, arguments);
    }

    @Test
    void nodesThatFindEachOtherByNameRunToTheSameRoot() throws Exception {
        List<Integer> management = List.of(freePort(), freePort());
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String out = directory.resolve("run").toString();
        try (StarlingProcess first = starling("first", management.get(0), management, "node");
                StarlingProcess second = starling("second", management.get(1), management, "node")) {
            first.awaitLine("looking for nodes by the name fleet");
            first.awaitLine("joined the cluster");
            second.awaitLine("joined the cluster");
            nothingCanBeChangedThrough(management.get(0));
            try (StarlingProcess run =
                    starling("run", freePort(), management, "run", scenario.toString(), "--cluster", "--out", out)) {
                run.awaitEnd(ExitCode.OK);
            }
        }
        assertThat(ParityFleet.summary(directory.resolve("run"), "nodes")).isEqualTo("3");
        assertThat(ParityFleet.summary(directory.resolve("run"), "modelRoot"))
                .isEqualTo(FleetInOneJvm.run(SCENARIO, 2, directory.resolve("plain"))
                        .root());
    }

    /** It answers who the nodes are, and no more. */
    private static void nothingCanBeChangedThrough(int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        URI nodes = URI.create("http://127.0.0.1:" + port + "/bootstrap/seed-nodes");
        assertThat(client.send(HttpRequest.newBuilder(nodes).build(), BodyHandlers.ofString())
                        .body())
                .contains("pekko://starling@127.0.0.1:");
        for (String path : List.of("/cluster/members", "/cluster/shards/device")) {
            HttpRequest change = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .DELETE()
                    .build();
            assertThat(client.send(change, BodyHandlers.ofString()).statusCode())
                    .isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void withoutTheOptionNothingListens() throws Exception {
        int port = freePort();
        List<String> options = List.of("-Dpekko.management.http.port=" + port);
        try (StarlingProcess node =
                StarlingProcess.start(directory.resolve("node.log"), options, List.of("node", "--threads", "1"))) {
            node.awaitLine("joined the cluster");
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void aNodeIsFoundOrTold() {
        CommandLineFixture starling = new CommandLineFixture();
        assertThat(starling.execute("node", "--bootstrap", "fleet", "--seed-node", "127.0.0.1:2551"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo("--bootstrap: finds the nodes to join by itself; leave --seed-node out\n");
        assertThat(starling.execute("node", "--bootstrap", "fleet")).isEqualTo(ExitCode.OK);
        assertThat(starling.nodes.get(0).bootstrap()).contains("fleet");
    }
}
