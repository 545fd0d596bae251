package dev.starling.cli.certs;

import dev.starling.base.InputException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Keys and certificates as files: never in place of another, and keys for their owner's eyes only. */
final class PemFiles {

    private static final FileAttribute<?> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PemFiles() {}

    /** Throws InputException, before any work is done, if one of {@code files} is there. */
    static void requireNone(List<Path> files) {
        List<String> there =
                files.stream().filter(Files::exists).map(Path::toString).toList();
        if (!there.isEmpty()) {
            throw new InputException(
                    "--dir",
                    "must hold no certificates yet, has " + String.join(", ", there)
                            + "; take another directory, or move them away");
        }
    }

    /** Readable by its owner only, from its first byte on. */
    static void key(Path file, PrivateKey key) throws IOException {
        write(file, new JcaPKCS8Generator(key, null), FOR_OWNER);
    }

    static void certificate(Path file, X509Certificate certificate) throws IOException {
        write(file, certificate);
    }

    /** What was written as {@code ca.crt} and {@code ca.key}. */
    static Authority authority(Path certificate, Path key) {
        try {
            X509Certificate read;
            try (var in = Files.newInputStream(certificate)) {
                read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            }
            Authority authority = new Authority(read, privateKey(key));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(authority.key());
            byte[] signed = signature.sign();
            signature.initVerify(read.getPublicKey());
            if (!signature.verify(signed)) {
                throw new InputException(key.toString(), "must be the private key of " + certificate);
            }
            return authority;
        } catch (IOException | GeneralSecurityException e) {
            throw new InputException(
                    "--ca",
                    "must be a directory that starling certs has made, with " + certificate.getFileName() + " and "
                            + key.getFileName() + ", got " + certificate.getParent() + " (" + e + ")");
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(file))) {
            if (parser.readObject() instanceof PrivateKeyInfo key) {
                return new JcaPEMKeyConverter().getPrivateKey(key);
            }
            throw new IOException("no private key");
        }
    }

    private static void write(Path file, Object pem, FileAttribute<?>... attributes) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
        }
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(StandardCharsets.US_ASCII.encode(text.toString()));
        } catch (FileAlreadyExistsException e) {
            requireNone(List.of(file));
        }
    }
}
