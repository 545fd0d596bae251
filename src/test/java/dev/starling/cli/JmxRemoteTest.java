package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.cluster.TlsFiles;
import dev.starling.metrics.JmxPort;
import dev.starling.metrics.JmxRemote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMX from other machines takes a certificate and a password; over a real connection. */
@SuppressWarnings({
    "try", // A port is open while a block runs; nothing asks it anything.
    "BanJNDI" // A JMX client looks its server up; this one is ours.
})
class JmxRemoteTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path certificates = Path.of("set below");
    private Path passwords = Path.of("set below");

    @BeforeEach
    void prepare() throws IOException {
        certificates = directory.resolve("tls");
        assertThat(new CommandLineFixture().execute("certs", "--dir", certificates.toString()))
                .isEqualTo(ExitCode.OK);
        passwords = Files.writeString(directory.resolve("passwords"), "operator secret\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static JMXConnector connect(int port, Object credentials) throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"),
                Map.of(
                        JMXConnector.CREDENTIALS,
                        credentials,
                        "com.sun.jndi.rmi.factory.socket",
                        new SslRMIClientSocketFactory()));
    }

    @Test
    void aClientNeedsACertificateAndAPassword() throws Exception {
        SSLContext before = SSLContext.getDefault();
        TlsFiles files = new TlsFiles(certificates);
        int port = freePort();
        try (JmxPort open = JmxPort.open(port, new JmxRemote("127.0.0.1", passwords, files.context()))) {
            SSLContext.setDefault(files.context());
            try (JMXConnector client = connect(port, new String[] {"operator", "secret"})) {
                assertThat(client.getMBeanServerConnection().isRegistered(new ObjectName("java.lang:type=Runtime")))
                        .isTrue();
            }
            assertThatThrownBy(() -> connect(port, new String[] {"operator", "guess"}))
                    .isInstanceOf(SecurityException.class);
            assertThatThrownBy(() -> connect(port, new ArrayList<>(List.of("operator", "secret"))))
                    .isInstanceOfAny(SecurityException.class, IOException.class);
            aClientWithoutCertificateIsCutOff(port);
        } finally {
            SSLContext.setDefault(before);
        }
    }

    /** It trusts our authority, and has nothing to show. */
    private void aClientWithoutCertificateIsCutOff(int port) throws Exception {
        java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(certificates.resolve("ca.crt"))) {
            trusted.setCertificateEntry(
                    "authority",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext nameless = SSLContext.getInstance("TLSv1.3");
        nameless.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) nameless.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getOutputStream().write(new byte[] {'J', 'R', 'M', 'I', 0, 2, 0x4B});
                        if (socket.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void whatWouldLetAnybodyInIsRefused() throws Exception {
        String port = "--jmx-port=" + freePort();
        refused("--jmx-host: lets other machines in: give --jmx-passwords FILE", port, "--jmx-host=192.0.2.77");
        refused(
                "--jmx-host: lets other machines in: give --tls DIR",
                port,
                "--jmx-host=192.0.2.77",
                "--jmx-passwords=" + passwords);
        refused("--jmx-port: must be given with", "--jmx-host=192.0.2.77");
        refused("--jmx-passwords: are asked for with --jmx-host only", port, "--jmx-passwords=" + passwords);
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
        refused(
                "--jmx-passwords: must be readable by its owner only: chmod 600 " + passwords,
                port,
                "--jmx-host=192.0.2.77",
                "--tls=" + certificates,
                "--jmx-passwords=" + passwords);
        assertThatThrownBy(() -> new JmxRemote("127.0.0.1", directory.resolve("none"), SSLContext.getDefault()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--jmx-passwords: must be a file with a line 'name password' per user");
    }

    private static void refused(String message, String... options) {
        CommandLineFixture starling = new CommandLineFixture();
        List<String> words = new ArrayList<>(List.of("node"));
        words.addAll(List.of(options));
        assertThat(starling.execute(words.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).startsWith(message).hasLineCount(1);
        assertThat(starling.nodes).isEmpty();
    }
}
