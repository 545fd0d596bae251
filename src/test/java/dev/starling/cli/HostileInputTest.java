package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import dev.starling.cluster.InboundFraming;
import dev.starling.cluster.WireFormat;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.TcpFraming;
import org.apache.pekko.stream.impl.io.IncomingConnectionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node whose port is fed with what no node sends: it goes on, as large as before, and says so once. */
@Tag("cluster")
class HostileInputTest {

    private static final String SCENARIO = ParityFleet.scenario(2, 3);

    /** On the class path of a node, and needed by none that has no work. */
    private static final List<String> FOREIGN = List.of(
            "com.zaxxer.hikari.HikariConfig",
            "org.h2.tools.Server",
            "org.flywaydb.core.Flyway",
            "org.postgresql.Driver");

    /** Of Pekko's own serializers. */
    private static final int JAVA = 1;

    private static final int PROTOBUF = 2;
    private static final int ARTERY = 17;
    private static final int UNKNOWN = 9999;

    /** What connections, and tables of senders that were never met, would take many times over. */
    private static final long MAX_GROWTH = 8_000_000;

    private final Random random = new Random(8);

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void aNodeOutlivesWhateverComes() throws Exception {
        Path classes = directory.resolve("classes.log");
        Path log = directory.resolve("node.log");
        List<String> options = List.of("-Xlog:class+load=info:file=" + classes, "-Dstarling.newcomers.deadline=1s");
        try (StarlingProcess node = StarlingProcess.start(log, options, List.of("node", "--threads", "1"))) {
            String seed = ParityFleet.addressOf(node);
            node.awaitLine("joined the cluster");
            HostilePeer peer = new HostilePeer(Integer.parseInt(seed.substring(seed.lastIndexOf(':') + 1)));
            assault(peer, 1);
            long before = node.liveBytes();
            assault(peer, 15);
            node.awaitLiveBytesBelow(before + MAX_GROWTH);

            Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
            List<String> words = ParityFleet.runOn(seed, scenario, directory.resolve("run"));
            try (StarlingProcess run = StarlingProcess.start(directory.resolve("run.log"), List.of(), words)) {
                run.awaitEnd(ExitCode.OK);
            }
        }
        assertThat(ParityFleet.summary(directory.resolve("run"), "modelRoot"))
                .isEqualTo(FleetInOneJvm.run(SCENARIO, 2, directory.resolve("plain"))
                        .root());
        List<String> complaints = Files.readAllLines(log).stream()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
        assertThat(complaints.stream().filter(line -> line.contains("closed a connection from 127.0.0.2: ")))
                .hasSize(1);
        assertThat(complaints.stream().filter(line -> line.contains("closed a connection from 127.0.0.3: ")))
                .hasSize(1);
        assertThat(complaints).as("all of them").hasSizeLessThanOrEqualTo(12);
        assertThat(Files.readString(classes))
                .contains("dev.starling.cluster.KryoSerializer")
                .doesNotContain(FOREIGN);
    }

    private void assault(HostilePeer peer, int times) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20 * times; i++) {
                open.add(peer.send(3, new byte[0]));
            }
            for (int i = 0; i < times; i++) {
                framing(peer);
                payloads(peer);
            }
            for (Socket silent : open) {
                HostilePeer.awaitClosed(silent);
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** What cannot be cut into envelopes: the connection is closed. */
    private void framing(HostilePeer peer) throws IOException {
        byte[] noise = new byte[5000];
        random.nextBytes(noise);
        peer.sendAndBeClosed(2, noise);
        peer.sendAndBeClosed(2, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        peer.sendAndBeClosed(2, HostilePeer.stream(9));
        for (int length : new int[] {-5, -1, Integer.MIN_VALUE, 0, 27, 300_000, Integer.MAX_VALUE}) {
            peer.sendAndBeClosed(2, HostilePeer.stream(2, HostilePeer.lengthOnly(length, 40)));
            peer.sendAndBeClosed(2, HostilePeer.stream(1, HostilePeer.lengthOnly(length, 0)));
        }
        // A large frame of the large stream is a frame; one byte more is none.
        peer.sendAndBeClosed(2, HostilePeer.stream(3, HostilePeer.lengthOnly((2 << 20) + 1, 0)));
        // Nor may somebody who was not met before have as much kept.
        peer.sendAndBeClosed(2, HostilePeer.stream(3, HostilePeer.lengthOnly(1 << 20, 100_000)));
        peer.sendAndBeClosed(2, HostilePeer.stream(2, HostilePeer.lengthOnly(20_000, 100)));
        byte[] newer = HostilePeer.envelope(7, 1, HostilePeer.STARLING, "", new byte[3], false);
        peer.sendAndBeClosed(2, HostilePeer.stream(2, newer));
        byte[] garbled = new byte[64];
        random.nextBytes(garbled);
        garbled[0] = 60;
        garbled[1] = 0;
        garbled[2] = 0;
        garbled[3] = 0;
        garbled[4] = 1;
        peer.sendAndBeClosed(2, HostilePeer.stream(2, garbled));
        // Cut off in the middle, by its sender.
        peer.send(2, HostilePeer.stream(2, HostilePeer.lengthOnly(1000, 500))).close();
    }

    /** Envelopes as they should be, with what they should not hold: each is dropped. */
    private void payloads(HostilePeer peer) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] payload : List.of(
                new byte[] {},
                new byte[] {99, 1, 2, 3}, // another format
                new byte[] {WireFormat.current(), (byte) 0x88, 0x27}, // no such class
                named(FOREIGN.get(0)))) {
            frames.add(HostilePeer.envelope(5, HostilePeer.STARLING, "", payload));
            frames.add(HostilePeer.envelope(5, HostilePeer.STARLING, FOREIGN.get(1), payload));
        }
        byte[] serialized = {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r'};
        for (int serializer : new int[] {JAVA, PROTOBUF, ARTERY, UNKNOWN}) {
            frames.add(HostilePeer.envelope(5, serializer, FOREIGN.get(2), serialized));
            frames.add(HostilePeer.envelope(5, serializer, FOREIGN.get(3), serialized));
            frames.add(HostilePeer.envelope(5, serializer, "", serialized));
        }
        peer.send(2, HostilePeer.stream(2, frames.toArray(byte[][]::new))).close();
        peer.send(2, HostilePeer.stream(1, frames.toArray(byte[][]::new))).close();
        // Senders that nobody has met use tables that nobody has agreed on: Pekko would keep one for each.
        for (int i = 0; i < 50; i++) {
            byte[] abbreviated =
                    HostilePeer.envelope(0, random.nextLong(), HostilePeer.STARLING, "", new byte[] {1}, true);
            peer.send(2, HostilePeer.stream(2, abbreviated)).close();
        }
    }

    /** A message that names its class, as Kryo writes those that are not registered. */
    private static byte[] named(String type) {
        Output output = new Output(256);
        output.writeByte(WireFormat.current());
        output.writeVarInt(1, true);
        output.writeVarInt(0, true);
        output.writeString(type);
        output.writeVarInt(Kryo.NOT_NULL, true);
        return output.toBytes();
    }

    /** {@link TcpFraming} and {@link IncomingConnectionStage} were written for this one. */
    @Test
    void ourClassesTakeThePlacesOfPekkos() {
        assertThat(TcpFraming.class.getSuperclass()).isEqualTo(InboundFraming.class);
        assertThat(IncomingConnectionStage.class.getProtectionDomain().getCodeSource())
                .isEqualTo(InboundFraming.class.getProtectionDomain().getCodeSource());
        assertThat(ActorSystem.Version()).isEqualTo("1.7.0");
    }
}
