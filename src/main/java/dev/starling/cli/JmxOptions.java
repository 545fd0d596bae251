package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.cluster.TlsFiles;
import dev.starling.metrics.JmxPort;
import dev.starling.metrics.JmxRemote;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which a process lets JMX clients in; {@code run} and {@code node} share them. */
final class JmxOptions {

    @Option(
            names = "--jmx-port",
            paramLabel = "PORT",
            description = "Opens a JMX connector on this port, reachable from this machine only.")
    private @Nullable Integer port;

    @Option(
            names = "--jmx-host",
            paramLabel = "HOST",
            description = "Opens it on this address instead, for clients with a certificate (--tls) and a password.")
    private @Nullable String host;

    @Option(
            names = "--jmx-passwords",
            paramLabel = "FILE",
            description = "With --jmx-host: a line 'name password' per user; readable by its owner only.")
    private @Nullable Path passwords;

    /** The open port, or null if none is asked for; InputException if it would be open to anybody. */
    @Nullable
    JmxPort open(Optional<TlsFiles> tls) {
        if (port == null) {
            if (host != null || passwords != null) {
                throw new InputException("--jmx-port", "must be given with --jmx-host and --jmx-passwords");
            }
            return null;
        }
        if (host == null) {
            if (passwords != null) {
                throw new InputException("--jmx-passwords", "are asked for with --jmx-host only");
            }
            return JmxPort.open(port);
        }
        if (passwords == null) {
            throw new InputException(
                    "--jmx-host", "lets other machines in: give --jmx-passwords FILE; or use an SSH tunnel without it");
        }
        TlsFiles files = tls.orElseThrow(() -> new InputException(
                "--jmx-host", "lets other machines in: give --tls DIR with certificates; or use an SSH tunnel"));
        return JmxPort.open(port, new JmxRemote(host, passwords, files.context()));
    }
}
