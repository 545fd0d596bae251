package dev.starling.cluster;

import dev.starling.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;
import org.apache.pekko.pki.pem.PEMLoadingException;

/**
 * The certificates of a node, as PEM files of one directory, named as in a Kubernetes secret. Nodes take part in a
 * cluster if their certificates were signed by the same authority and share a name.
 *
 * @param directory absolute
 */
public record TlsFiles(Path directory) {

    public static final String KEY = "tls.key";
    public static final String CERTIFICATE = "tls.crt";
    public static final String AUTHORITY = "ca.crt";

    /** No certificate and no key is nearly as large. */
    private static final long MAX_BYTES = 1 << 16;

    public Path key() {
        return directory.resolve(KEY);
    }

    public Path certificate() {
        return directory.resolve(CERTIFICATE);
    }

    public Path authority() {
        return directory.resolve(AUTHORITY);
    }

    /**
     * Files that can be used {@code now}; InputException with what to do if any is missing, damaged, out of date, or
     * does not belong to the others.
     *
     * @param host that is to be protected by them, for the message
     */
    public static TlsFiles checked(Path directory, String host, Instant now) {
        List<String> missing = Stream.of(KEY, CERTIFICATE, AUTHORITY)
                .filter(name -> !Files.isReadable(directory.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new InputException(
                    directory.toString(),
                    "must hold the certificates by which nodes on " + host + " prove who they are, but there is no "
                            + String.join(", no ", missing)
                            + " that can be read; make them with ./starling certs --host "
                            + host + ", or name their directory with --tls DIR, or go without TLS: --insecure");
        }
        TlsFiles files = new TlsFiles(directory.toAbsolutePath().normalize());
        X509Certificate authority = certificate(files.authority(), now);
        X509Certificate certificate = certificate(files.certificate(), now);
        try {
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new InputException(
                    files.certificate().toString(), "must be signed by the authority of " + files.authority());
        }
        requirePair(files.key(), certificate);
        return files;
    }

    /** For what is not Pekko's: shows the certificate, and takes those of the same authority. */
    public SSLContext context() {
        try {
            X509Certificate signer = certificate(authority());
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "node",
                    DERPrivateKeyLoader.load(PEMDecoder.decode(Files.readString(key()))),
                    new char[0],
                    new Certificate[] {certificate(certificate()), signer});
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", signer);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | PEMLoadingException e) {
            throw new InputException(directory.toString(), "must hold certificates that can be used: " + e);
        }
    }

    private static X509Certificate certificate(Path file) {
        requireSmall(file);
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new InputException(file.toString(), "must be an X.509 certificate in PEM: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(Path file, Instant now) {
        X509Certificate certificate = certificate(file);
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new InputException(
                    file.toString(), "must be valid now (" + now + "), is so from " + from + " until " + until);
        }
        return certificate;
    }

    private static void requirePair(Path file, X509Certificate certificate) {
        requireSmall(file);
        try {
            PrivateKey key = DERPrivateKeyLoader.load(PEMDecoder.decode(Files.readString(file)));
            Signature signature = Signature.getInstance("SHA256withRSA");
            byte[] challenge = certificate.getSignature();
            signature.initSign(key);
            signature.update(challenge);
            byte[] answer = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(challenge);
            if (!signature.verify(answer)) {
                throw new InputException(
                        file.toString(), "must be the private key of the certificate in " + CERTIFICATE);
            }
        } catch (IOException | GeneralSecurityException | PEMLoadingException e) {
            throw new InputException(
                    file.toString(),
                    "must be the RSA private key of the certificate beside it, in PEM: " + e.getMessage());
        }
    }

    private static void requireSmall(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InputException(
                        file.toString(), "must be at most " + MAX_BYTES + " bytes, has " + Files.size(file));
            }
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + e);
        }
    }
}
