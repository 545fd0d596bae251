package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.certs.OutOfDate;
import dev.starling.cluster.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node with certificates, called by those who have none of its authority. */
@Tag("cluster")
class TlsStrangersTest {

    private static final int PLAIN = 2;
    private static final int WITHOUT = 3;
    private static final int OTHER = 4;
    private static final int EXPIRED = 5;

    /** 2,000 attempts in all; handshakes cost both sides some milliseconds each. */
    private static final int PLAIN_ATTEMPTS = 1700;

    private static final int HANDSHAKES = 100;

    /** What 2,000 sessions or connections would take many times over. */
    private static final long MAX_GROWTH = 4_000_000;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private TlsFiles certificates(String name) {
        Path made = directory.resolve(name);
        assertThat(new CommandLineFixture().execute("certs", "--dir", made.toString()))
                .isEqualTo(ExitCode.OK);
        return new TlsFiles(made);
    }

    @Test
    void strangersAreRefusedAndToldAboutOnce() throws Exception {
        TlsFiles ours = certificates("ours");
        TlsStranger without = TlsStranger.withoutCertificate();
        TlsStranger other = TlsStranger.with(certificates("theirs"));
        TlsStranger expired = TlsStranger.with(OutOfDate.certificate(ours.directory(), directory.resolve("old")));
        Path log = directory.resolve("node.log");
        List<String> words =
                List.of("node", "--threads", "1", "--tls", ours.directory().toString());
        try (StarlingProcess node = StarlingProcess.start(log, List.of(), words)) {
            String seed = node.awaitLine("listening on ").replaceFirst(".*listening on ", "");
            node.awaitLine("joined the cluster");
            HostilePeer peer = new HostilePeer(Integer.parseInt(seed.substring(seed.lastIndexOf(':') + 1)));
            call(peer, without, other, expired, 20, 20);
            long files = node.openFiles();
            long bytes = node.liveBytes();
            call(peer, without, other, expired, PLAIN_ATTEMPTS, HANDSHAKES);
            assertThat(node.openFiles() - files).isLessThanOrEqualTo(10);
            node.awaitLiveBytesBelow(bytes + MAX_GROWTH);
            node.signal("TERM");
            assertThat(node.awaitEnd(143)).doesNotContain("Exception", "\tat ");
        }
        assertThat(Files.readString(log)).doesNotContain("\tat ");
        toldOnce(log, PLAIN, "TLS could not be agreed on (Un");
        toldOnce(log, WITHOUT, "TLS could not be agreed on (Empty client certificate chain)");
        toldOnce(log, OTHER, "its certificate is not of this cluster's authority (");
        toldOnce(log, EXPIRED, "its certificate is not valid now (NotAfter: ");
    }

    private static void call(
            HostilePeer peer, TlsStranger without, TlsStranger other, TlsStranger expired, int plain, int handshakes)
            throws IOException {
        byte[] bytes = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < plain; i++) {
            peer.sendAndBeClosed(PLAIN, bytes);
        }
        for (int i = 0; i < handshakes; i++) {
            without.greet(peer.send(WITHOUT, new byte[0]));
            other.greet(peer.send(OTHER, new byte[0]));
            expired.greet(peer.send(EXPIRED, new byte[0]));
        }
    }

    private static void toldOnce(Path log, int source, String reason) throws IOException {
        String start = "closed a connection from 127.0.0." + source + ": ";
        assertThat(Files.readAllLines(log).stream().filter(line -> line.contains("127.0.0." + source)))
                .singleElement()
                .asString()
                .contains(" WARN ", start + reason);
    }
}
