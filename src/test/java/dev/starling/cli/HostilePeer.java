package dev.starling.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Speaks to the port of a node in bytes of its own choice. The layout of an envelope is Artery's, written out here. */
record HostilePeer(int port) {

    static final int STARLING = 0x57A2;

    private static final int HEADER = 28;
    private static final int COMPRESSED = 0xFF000000;
    private static final int PATIENCE_MILLIS = 30_000;

    /** A connection that has sent {@code bytes}, from the address {@code 127.0.0.from}. */
    Socket send(int from, byte[] bytes) throws IOException {
        Socket socket = connect(from);
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private Socket connect(int from) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(loopback(from), 0));
        socket.connect(new InetSocketAddress(loopback(1), port));
        return socket;
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** Sends, and waits until the node has closed the connection; fails with SocketTimeoutException if it does not. */
    void sendAndBeClosed(int from, byte[] bytes) throws IOException {
        try (Socket socket = connect(from)) {
            socket.getOutputStream().write(bytes);
            awaitClosed(socket);
        } catch (SocketException closed) {
            // Closed while it was still being written to.
        }
    }

    static void awaitClosed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing that is said here is of use.
            }
        } catch (SocketException closed) {
            // A reset is as good as an end.
        }
    }

    /** What a connection begins with, and then {@code frames}. */
    static byte[] stream(int number, byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("AKKA".getBytes(StandardCharsets.US_ASCII));
        out.write(number);
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** A length that is not followed by as many bytes. */
    static byte[] lengthOnly(int length, int bytes) {
        return ByteBuffer.allocate(4 + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    static byte[] envelope(long uid, int serializer, String manifest, byte[] payload) {
        return envelope(0, uid, serializer, manifest, payload, false);
    }

    /** For an actor that every node has. */
    static byte[] envelope(
            int version, long uid, int serializer, String manifest, byte[] payload, boolean abbreviated) {
        byte[] names = ByteBuffer.allocate(3 * 2 + recipient().length + manifest.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) recipient().length)
                .put(recipient())
                .putShort((short) manifest.length())
                .put(manifest.getBytes(StandardCharsets.US_ASCII))
                .array();
        int length = HEADER + names.length + payload.length;
        return ByteBuffer.allocate(4 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .put((byte) version)
                .put(new byte[3])
                .putLong(uid)
                .putInt(serializer)
                .putInt(HEADER)
                .putInt(abbreviated ? COMPRESSED | 7 : HEADER + 2)
                .putInt(HEADER + 4 + recipient().length)
                .put(names)
                .put(payload)
                .array();
    }

    private static byte[] recipient() {
        return "pekko://starling@127.0.0.1:1/user/node".getBytes(StandardCharsets.US_ASCII);
    }
}
