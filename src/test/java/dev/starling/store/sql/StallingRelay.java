package dev.starling.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Passes connections on to a server of this machine, until so many bytes went there: then it takes none, and closes nothing. */
final class StallingRelay implements AutoCloseable {

    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong left;
    private final CountDownLatch goingOn = new CountDownLatch(1);

    StallingRelay(int port, long bytes) throws IOException {
        left = new AtomicLong(bytes);
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(server);
                start(() -> pass(client, server, true));
                start(() -> pass(server, client, false));
            }
        });
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on it takes everything. */
    void goOn() {
        goingOn.countDown();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // The entrance or an end is closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Socket from, Socket to, boolean counted) throws IOException, InterruptedException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (counted && left.addAndGet(-count) < 0) {
                    goingOn.await();
                }
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public void close() throws IOException {
        goOn();
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
