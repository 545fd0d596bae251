package dev.starling.metrics;

import dev.starling.base.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A JMX connector on one port: of the loopback interface, without password, so that nothing beyond this machine can
 * reach it; or of another, as {@link JmxRemote} says. Registry and connector share the port, so that one SSH tunnel is enough. Meant to be opened once in a JVM: RMI
 * lets go of a closed port only after a while.
 */
public final class JmxPort implements AutoCloseable {

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    private final Registry registry;
    private final JMXConnectorServer server;

    private JmxPort(Registry registry, JMXConnectorServer server) {
        this.registry = registry;
        this.server = server;
    }

    /** Opens {@code port}, 1 to 65535; throws {@link InputException} if it is taken. */
    public static JmxPort open(int port) {
        return open(port, LOOPBACK, null, new LoopbackSockets(), Map.of());
    }

    /** Opens {@code port} to other machines; throws {@link InputException} if it is taken. */
    public static JmxPort open(int port, JmxRemote remote) {
        Map<String, Object> environment = Map.of(
                "jmx.remote.x.password.file",
                remote.passwords().toString(),
                // Whoever has not given a password yet gets nothing else read than that.
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
                "java.lang.String;!*");
        return open(port, remote.host(), new SslRMIClientSocketFactory(), remote.sockets(), environment);
    }

    private static JmxPort open(
            int port,
            String host,
            @Nullable RMIClientSocketFactory client,
            RMIServerSocketFactory sockets,
            Map<String, ?> environment) {
        if (port < 1 || port > 65535) {
            throw new InputException("--jmx-port", "must be 1 to 65535, got " + port);
        }
        // RMI writes this host into its stubs; the default is the machine's outer name, which we do not listen on.
        System.setProperty("java.rmi.server.hostname", host);
        Registry registry = null;
        try {
            registry = LocateRegistry.createRegistry(port, client, sockets);
            RMIJRMPServerImpl connections = new RMIJRMPServerImpl(port, client, sockets, environment);
            JMXConnectorServer server = new RMIConnectorServer(
                    new JMXServiceURL("rmi", host, port),
                    environment,
                    connections,
                    ManagementFactory.getPlatformMBeanServer());
            server.start();
            // Directly, and not by a look-up over the network, for which this JVM would need a certificate as a client.
            registry.rebind("jmxrmi", connections.toStub());
            return new JmxPort(registry, server);
        } catch (IOException e) {
            if (registry != null) {
                close(registry);
            }
            throw new InputException(
                    "--jmx-port", "must be a free port of " + host + ", got " + port + " (" + rootMessage(e) + ")");
        }
    }

    /** Where clients connect to {@code port}. */
    public static JMXServiceURL url(int port) throws IOException {
        return new JMXServiceURL(
                "service:jmx:rmi://" + LOOPBACK + ":" + port + "/jndi/rmi://" + LOOPBACK + ":" + port + "/jmxrmi");
    }

    @Override
    public void close() throws IOException {
        server.stop();
        close(registry);
    }

    private static void close(Registry registry) {
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            throw new IllegalStateException("the JMX registry was closed twice", e);
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** RMI shares a port between exported objects only if their factories are equal; a record is. */
    private record LoopbackSockets() implements RMIServerSocketFactory {
        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        }
    }
}
