package dev.starling.metrics;

import dev.starling.base.Causes;
import dev.starling.base.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.rmi.server.RMIServerSocketFactory;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * How a JMX connector is open to other machines: only to those that show a certificate and know a password.
 *
 * @param host to listen on, by which clients reach it
 * @param passwords a line {@code name password} for each user, as the JDK's own agent reads it
 * @param tls the certificate that is shown, and the authority of those that are asked for
 */
public record JmxRemote(String host, Path passwords, SSLContext tls) {

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Throws InputException if there are no passwords, or if others could read them. */
    public JmxRemote {
        try {
            if (!Files.isReadable(passwords) || Files.size(passwords) == 0) {
                throw new InputException(
                        "--jmx-passwords", "must be a file with a line 'name password' per user, got " + passwords);
            }
            if (!OWNER.containsAll(Files.getPosixFilePermissions(passwords))) {
                throw new InputException(
                        "--jmx-passwords", "must be readable by its owner only: chmod 600 " + passwords);
            }
        } catch (IOException e) {
            throw new InputException("--jmx-passwords", "cannot be read: " + Causes.reason(e));
        }
    }

    RMIServerSocketFactory sockets() {
        return new Sockets(host, tls);
    }

    /** RMI shares a port between exported objects only if their factories are equal; a record is. */
    private record Sockets(String host, SSLContext tls) implements RMIServerSocketFactory {
        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            InetAddress address = InetAddress.getAllByName(host)[0];
            SSLServerSocket socket =
                    (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(port, 50, address);
            socket.setNeedClientAuth(true);
            return socket;
        }
    }
}
