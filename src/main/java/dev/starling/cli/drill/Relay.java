package dev.starling.cli.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a server, until it is cut. */
final class Relay implements AutoCloseable {

    private static final int BACKLOG = 50;
    private static final int BUFFER = 1 << 14;

    private final InetSocketAddress server;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        this.entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        start(this::accept, "drill-relay");
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Ends all connections, and new ones as soon as they are made. */
    void cut() {
        cut = true;
        sockets.forEach(Relay::end);
    }

    void mend() {
        cut = false;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (cut) {
                    end(client);
                    continue;
                }
                Socket there = new Socket(server.getAddress(), server.getPort());
                sockets.add(client);
                sockets.add(there);
                start(() -> pass(client, there), "drill-relay-to");
                start(() -> pass(there, client), "drill-relay-from");
            } catch (IOException e) {
                // The entrance is closed, or the server is away: both show on the other side.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One end is gone: then the other goes too.
        }
        end(from);
        end(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed then.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
