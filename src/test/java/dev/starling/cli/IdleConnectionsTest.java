package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that nothing comes of: they are few, they end, and nodes join beside them. */
@Tag("cluster")
class IdleConnectionsTest {

    private static final int CONNECTIONS = 500;
    private static final int AT_MOST = 256; // of conf/application.conf
    private static final int STRANGER = 4;

    /** What a node needs for another that has joined meanwhile, and classes that it has loaded for it. */
    private static final long MAX_GROWTH = 6_000_000;

    private static final byte[] BEGINNING_OF_A_RECORD = {22, 3, 1, 2, 0, 1};

    private static final int A_FEW_FILES = 30;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private StarlingProcess node(String name, List<String> options, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("node", "--threads", "1"));
        all.addAll(List.of(words));
        return StarlingProcess.start(directory.resolve(name + ".log"), options, all);
    }

    private static HostilePeer peerOf(String seed) {
        return new HostilePeer(Integer.parseInt(seed.substring(seed.lastIndexOf(':') + 1)));
    }

    /** Silent; silent after its header; after an envelope of a node that nobody has met; within an envelope. */
    private static Socket idle(HostilePeer peer, int i, boolean tls) throws IOException {
        if (tls) {
            return peer.send(STRANGER, i % 2 == 0 ? new byte[0] : BEGINNING_OF_A_RECORD);
        }
        byte[] envelope = HostilePeer.envelope(5, HostilePeer.STARLING, "", new byte[] {1});
        return switch (i % 4) {
            case 0 -> peer.send(STRANGER, new byte[0]);
            case 1 -> peer.send(STRANGER, HostilePeer.stream(1));
            case 2 -> peer.send(STRANGER, HostilePeer.stream(2, envelope));
            default -> peer.send(STRANGER, HostilePeer.stream(2, HostilePeer.lengthOnly(16_000, 15_000)));
        };
    }

    /** With TLS none of them gets as far as a handshake. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void idleConnectionsOfOneAddressAreFewAndEnd(boolean tls) throws Exception {
        List<String> words = new ArrayList<>();
        if (tls) {
            String certificates = directory.resolve("tls").toString();
            assertThat(new CommandLineFixture().execute("certs", "--dir", certificates))
                    .isEqualTo(ExitCode.OK);
            words.addAll(List.of("--tls", certificates));
        }
        try (StarlingProcess node =
                node("node", List.of("-Dstarling.newcomers.deadline=8s"), words.toArray(String[]::new))) {
            String seed = node.awaitLine("listening on ").replaceFirst(".*listening on ", "");
            node.awaitLine("joined the cluster");
            HostilePeer peer = peerOf(seed);
            HostilePeer.awaitClosed(
                    peer.send(STRANGER + 1, "noise, and no end of it".getBytes(StandardCharsets.US_ASCII)));
            long filesBefore = node.openFiles();
            long bytesBefore = node.liveBytes();
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                try {
                    open.add(idle(peer, i, tls));
                } catch (SocketException closed) {
                    // One too many, and closed before it could say anything.
                }
            }
            words.addAll(List.of("--seed-node", seed));
            try (StarlingProcess other = node("other", List.of(), words.toArray(String[]::new))) {
                other.awaitLine("joined the cluster");
                long filesDuring = node.openFiles();
                for (Socket socket : open) {
                    HostilePeer.awaitClosed(socket);
                }
                long filesAfter = node.openFiles();
                assertThat(filesDuring - filesBefore).isLessThanOrEqualTo(AT_MOST + A_FEW_FILES);
                assertThat(filesAfter - filesBefore).isLessThanOrEqualTo(A_FEW_FILES);
                node.awaitLiveBytesBelow(bytesBefore + MAX_GROWTH);
            }
        }
        assertThat(Files.readAllLines(directory.resolve("node.log")).stream()
                        .filter(line -> line.contains("closed a connection from 127.0.0." + STRANGER + ": ")))
                .hasSize(1);
    }
}
