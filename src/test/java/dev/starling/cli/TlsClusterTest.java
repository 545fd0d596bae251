package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes with certificates, on an address that other machines could reach if this one has any. */
@Tag("cluster")
class TlsClusterTest {

    private static final String WITHOUT_SURVEY = "evaluate-devices = false\n";

    /** A node that is refused gives up after this. */
    private static final List<String> QUICKER =
            List.of("-Dpekko.cluster.shutdown-after-unsuccessful-join-seed-nodes=5s");

    @TempDir
    private static Path directory = Path.of("set by JUnit");

    private static String host = "set below";

    @BeforeAll
    static void makeCertificates() throws SocketException {
        host = outsideAddress();
        for (String authority : List.of("ours", "theirs")) {
            assertThat(new CommandLineFixture().execute("certs", "--host", host, "--dir", at(authority)))
                    .isEqualTo(ExitCode.OK);
        }
    }

    /** Loopback if there is no other. That of a drill that cuts a network may be there now and gone soon. */
    private static String outsideAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .filter(address -> !address.startsWith("10.213.77."))
                .findFirst()
                .orElse("127.0.0.1");
    }

    private static String at(String name) {
        return directory.resolve(name).toString();
    }

    private static StarlingProcess starling(String log, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--threads", "1"));
        return StarlingProcess.start(directory.resolve(log), QUICKER, words);
    }

    private static String root(String run) throws IOException {
        return ParityFleet.summary(directory.resolve(run), "modelRoot");
    }

    @Test
    void nodesOfOneAuthorityRunToTheSameRootWhileOthersAreRefused() throws Exception {
        // Long enough that others can come meanwhile.
        String text = ParityFleet.scenario(30, 20) + WITHOUT_SURVEY;
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), text);
        String expected = FleetInOneJvm.run(text, 2, directory.resolve("plain")).root();
        try (StarlingProcess node = starling("node.log", "node", "--host", host, "--tls", at("ours"))) {
            String seed = ParityFleet.addressOf(node);
            assertThat(seed).startsWith(host + ":");
            node.awaitLine("joined the cluster");
            List<String> words =
                    ParityFleet.runOn(seed, scenario, directory.resolve("run"), "--host", host, "--tls", at("ours"));
            try (StarlingProcess run = StarlingProcess.start(directory.resolve("run.log"), QUICKER, words)) {
                run.awaitLine("round ");
                refusesStrangers(seed);
                saysNothingInPlainText(seed);
                run.awaitEnd(ExitCode.OK);
            }
        }
        assertThat(root("run")).isEqualTo(expected);
        assertThat(directory.resolve("run/summary.json")).content().contains("\"nodes\" : 2");
    }

    /** One with certificates of another authority, and one without any. */
    private static void refusesStrangers(String seed) throws Exception {
        try (StarlingProcess stranger = stranger(seed, "--tls", at("theirs"));
                StarlingProcess other = stranger(seed, "--insecure")) {
            String refused = "no cluster could be joined: no node answered in time at " + seed;
            assertThat(stranger.awaitEnd(ExitCode.BAD_INPUT)).contains(refused);
            assertThat(other.awaitEnd(ExitCode.BAD_INPUT)).contains(refused);
        }
    }

    private static StarlingProcess stranger(String seed, String... credentials) throws IOException {
        List<String> words = new ArrayList<>(List.of("node", "--host", host, "--seed-node", seed));
        words.addAll(List.of(credentials));
        return starling("stranger.log", words.toArray(String[]::new));
    }

    /** Plain Pekko frames are answered by an alert at most. */
    private static void saysNothingInPlainText(String seed) throws IOException {
        int port = Integer.parseInt(seed.substring(seed.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("AKKA\1and more of it".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(100)).hasSizeLessThanOrEqualTo(7);
        }
    }

    /** The nodes that a run starts itself have its certificates. */
    @Test
    void nodesOnLoopbackTakeTheCertificatesOfTheirRun() throws Exception {
        String text = ParityFleet.scenario(2, 3) + WITHOUT_SURVEY;
        Path scenario = Files.writeString(directory.resolve("short.conf"), text);
        try (StarlingProcess run = starling(
                "several.log",
                "run",
                scenario.toString(),
                "--nodes",
                "2",
                "--host",
                host,
                "--tls",
                at("ours"),
                "--out",
                at("several"))) {
            run.awaitEnd(ExitCode.OK);
        }
        assertThat(root("several"))
                .isEqualTo(
                        FleetInOneJvm.run(text, 2, directory.resolve("short")).root());
    }
}
