package dev.starling.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A name server on loopback that knows a few names, as the one of a Kubernetes cluster knows its services. Answers
 * questions for addresses (A) and for ports (SRV, with the addresses of what they lead to); RFC 1035 and RFC 2782.
 */
final class DnsResponder implements AutoCloseable {

    private static final int A = 1;
    private static final int SRV = 33;
    private static final int INTERNET = 1;
    private static final int ANSWER = 0x8580; // of an authority, to a question that wished for recursion
    private static final int NO_SUCH_NAME = 3;
    private static final int TTL_SECONDS = 5;

    /** Where a service is reached. */
    record Target(String name, int port) {}

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> addresses;
    private final Map<String, List<Target>> services;

    private record Question(int id, String name, int type) {}

    DnsResponder(Map<String, List<String>> addresses, Map<String, List<Target>> services) throws SocketException {
        this.addresses = addresses;
        this.services = services;
        Thread thread = new Thread(this::serve, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code HOST:PORT}. */
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Names and types, in the order of the questions. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                Question question = question(packet);
                asked.add(question.name() + (question.type() == SRV ? " SRV" : question.type() == A ? " A" : " other"));
                byte[] answer = answer(question);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Question question(DatagramPacket packet) throws IOException {
        InputStream bytes = new ByteArrayInputStream(packet.getData(), 0, packet.getLength());
        DataInputStream in = new DataInputStream(bytes);
        int id = in.readUnsignedShort();
        in.skipNBytes(10); // flags, counts
        StringBuilder name = new StringBuilder();
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            name.append(name.isEmpty() ? "" : ".").append(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
        }
        return new Question(id, name.toString(), in.readUnsignedShort());
    }

    private byte[] answer(Question question) throws IOException {
        List<String> ips = question.type() == A ? addressesOf(question.name()) : List.of();
        List<Target> targets = question.type() == SRV ? services.getOrDefault(question.name(), List.of()) : List.of();
        boolean known = addresses.containsKey(question.name()) || services.containsKey(question.name());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(question.id());
        out.writeShort(known ? ANSWER : ANSWER | NO_SUCH_NAME);
        out.writeShort(1);
        out.writeShort(ips.size() + targets.size());
        out.writeShort(0);
        out.writeShort(targets.stream()
                .mapToInt(target -> addressesOf(target.name()).size())
                .sum());
        name(out, question.name());
        out.writeShort(question.type());
        out.writeShort(INTERNET);
        for (String ip : ips) {
            record(out, question.name(), A, InetAddress.getByName(ip).getAddress());
        }
        for (Target target : targets) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            DataOutputStream service = new DataOutputStream(data);
            service.writeShort(0); // priority
            service.writeShort(0); // weight
            service.writeShort(target.port());
            name(service, target.name());
            record(out, question.name(), SRV, data.toByteArray());
        }
        for (Target target : targets) {
            for (String ip : addressesOf(target.name())) {
                record(out, target.name(), A, InetAddress.getByName(ip).getAddress());
            }
        }
        return bytes.toByteArray();
    }

    private List<String> addressesOf(String name) {
        return addresses.getOrDefault(name, List.of());
    }

    private static void record(DataOutputStream out, String name, int type, byte[] data) throws IOException {
        name(out, name);
        out.writeShort(type);
        out.writeShort(INTERNET);
        out.writeInt(TTL_SECONDS);
        out.writeShort(data.length);
        out.write(data);
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.", -1)) {
            out.writeByte(label.length());
            out.writeBytes(label);
        }
        out.writeByte(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
