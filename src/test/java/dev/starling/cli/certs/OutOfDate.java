package dev.starling.cli.certs;

import dev.starling.cluster.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates that were good once. */
public final class OutOfDate {

    private OutOfDate() {}

    /** In {@code directory}, signed by the authority in {@code signer}, valid until a month ago. */
    public static TlsFiles certificate(Path signer, Path directory) throws IOException, GeneralSecurityException {
        TlsFiles files = new TlsFiles(Files.createDirectories(directory));
        Authority authority = PemFiles.authority(signer.resolve(TlsFiles.AUTHORITY), signer.resolve("ca.key"));
        Authority.Credentials node =
                authority.issue(List.of("127.0.0.1"), Instant.now().minus(Duration.ofDays(60)), 30);
        PemFiles.key(files.key(), node.key());
        PemFiles.certificate(files.certificate(), node.certificate());
        PemFiles.certificate(files.authority(), authority.certificate());
        return files;
    }
}
