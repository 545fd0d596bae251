package dev.starling.cli.certs;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cluster.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code starling certs}: what nodes need to prove to each other who they are. */
@Command(
        name = "certs",
        description = "Makes a private certificate authority, and certificates for nodes, as PEM files.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The directory gets tls.key and tls.crt (of the nodes), ca.crt (the authority)",
            "and ca.key (what signs). Every node needs the first three; ca.key can make",
            "further nodes and stays with you. One certificate may serve all nodes:",
            "give --host for each of them. For a certificate of its own: --ca and --dir."
        })
public final class CertsCommand implements Callable<Integer> {

    private static final String AUTHORITY_KEY = "ca.key";
    private static final int MAX_DAYS = 3650;

    /** The authority outlives what it signs. */
    private static final int AUTHORITY_DAYS = 2 * MAX_DAYS;

    private final Console console;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "A name or an address by which the nodes are reached. Repeatable. Default: this machine.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the files go. Default: conf/tls.")
    private Path directory = Path.of(System.getProperty("starling.home", "."), "conf", "tls");

    @Option(
            names = "--ca",
            paramLabel = "DIR",
            description = "Signs with the authority in this directory, instead of making a new one.")
    private @Nullable Path authority;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "How long the nodes' certificates are valid. Default: ${DEFAULT-VALUE}.")
    private int days = 365;

    private CertsCommand(Console console) {
        this.console = console;
    }

    public static CommandLine line(Console console) {
        return new CommandLine(new CertsCommand(console));
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        check();
        List<String> names = hosts.isEmpty() ? List.of("127.0.0.1", "localhost") : hosts;
        TlsFiles files = new TlsFiles(directory);
        Path signingKey = directory.resolve(AUTHORITY_KEY);
        PemFiles.requireNone(List.of(files.key(), files.certificate(), files.authority(), signingKey));
        Instant now = Instant.now();
        Authority signs = authority == null
                ? Authority.create(now, AUTHORITY_DAYS)
                : PemFiles.authority(authority.resolve(TlsFiles.AUTHORITY), authority.resolve(AUTHORITY_KEY));
        Authority.Credentials node = signs.issue(names, now, days);
        Files.createDirectories(directory);
        if (authority == null) {
            PemFiles.key(signingKey, signs.key());
        }
        PemFiles.key(files.key(), node.key());
        PemFiles.certificate(files.certificate(), node.certificate());
        PemFiles.certificate(files.authority(), signs.certificate());
        console.out()
                .println("made " + (authority == null ? "an authority, and " : "") + "a certificate for "
                        + String.join(", ", names) + ", valid until "
                        + node.certificate().getNotAfter().toInstant() + ", in " + directory);
        console.out()
                .println("every node needs " + TlsFiles.KEY + ", " + TlsFiles.CERTIFICATE + " and "
                        + TlsFiles.AUTHORITY + " in its conf/tls, or in the directory that --tls names"
                        + (authority == null ? "; keep " + AUTHORITY_KEY + " to yourself" : ""));
        return ExitCode.OK;
    }

    private void check() {
        if (days < 1 || days > MAX_DAYS) {
            throw new InputException("--days", "must be 1 to " + MAX_DAYS + ", got " + days);
        }
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9_*]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")) {
                throw new InputException("--host", "must be a name or an address, got " + host);
            }
        }
    }
}
