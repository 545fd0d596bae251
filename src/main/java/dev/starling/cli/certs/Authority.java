package dev.starling.cli.certs;

import dev.starling.base.InputException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates of nodes (RFC 5280), with ECDSA on the curve P-256. Keys of nodes are RSA: Pekko reads no others.
 *
 * @param certificate of the authority itself, self-signed
 */
record Authority(X509Certificate certificate, PrivateKey key) {

    /** A name that every node has: nodes take only peers that share one with them. */
    static final String NODE = "starling-node";

    private static final X500Name SELF = new X500Name("CN=starling-authority");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Clocks of machines differ a little. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    /** A certificate and what proves that one is its owner. */
    record Credentials(X509Certificate certificate, PrivateKey key) {}

    /** A new one, which can sign nodes only, no other authority. */
    static Authority create(Instant now, int days) throws GeneralSecurityException {
        KeyPair pair = keys("EC", new ECGenParameterSpec("secp256r1"));
        X509v3CertificateBuilder builder = builder(SELF, SELF, pair, now, days);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            identifiers.createSubjectKeyIdentifier(pair.getPublic()));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        return new Authority(sign(builder, pair.getPrivate()), pair.getPrivate());
    }

    /** For a node that is reached by {@code hosts}: names or addresses. */
    Credentials issue(List<String> hosts, Instant now, int days) throws GeneralSecurityException {
        KeyPair pair = keys("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=" + NODE), pair, now, days);
        GeneralName[] names = Stream.concat(Stream.of(NODE), hosts.stream())
                .distinct()
                .map(Authority::name)
                .toArray(GeneralName[]::new);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            identifiers.createSubjectKeyIdentifier(pair.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            identifiers.createAuthorityKeyIdentifier(certificate));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        return new Credentials(sign(builder, key), pair.getPrivate());
    }

    /** Digits and dots, or anything with a colon, is an address; no name is looked up. */
    private static GeneralName name(String host) {
        boolean address = host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.contains(":");
        try {
            return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
        } catch (IllegalArgumentException e) {
            throw new InputException("--host", "must be a name or an address, got " + host);
        }
    }

    private static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters, RANDOM);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Instant now, int days) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(SLACK)),
                Date.from(now.plus(Duration.ofDays(days))),
                subject,
                pair.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
