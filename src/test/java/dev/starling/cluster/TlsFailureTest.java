package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SignatureException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {

    private static Throwable failed(Throwable cause) {
        return new SSLHandshakeException("PKIX path validation failed").initCause(new IllegalStateException(cause));
    }

    @Test
    void theInnermostReasonIsTold() {
        assertThat(TlsFailure.reason(new SSLHandshakeException("Empty client certificate chain")))
                .contains("TLS could not be agreed on (Empty client certificate chain)");
        assertThat(TlsFailure.reason(
                        new SSLHandshakeException("(certificate_required) Empty client certificate chain")))
                .as("as newer JDKs say it")
                .contains("TLS could not be agreed on (Empty client certificate chain)");
        assertThat(TlsFailure.reason(failed(new CertificateExpiredException("NotAfter: 2001"))))
                .contains("its certificate is not valid now (NotAfter: 2001)");
        Exception signature = new SignatureException("no match");
        assertThat(TlsFailure.reason(failed(new CertPathValidatorException(signature))))
                .contains("its certificate is not of this cluster's authority (no match)");
    }

    @Test
    void whatHasNothingToDoWithTlsIsNotTold() {
        assertThat(TlsFailure.reason(new IllegalStateException("reset", new RuntimeException())))
                .isEmpty();
    }

    /** A name in a certificate may be anything. */
    @Test
    void nobodyWritesLinesOfHisOwn() {
        assertThat(TlsFailure.reason(new SSLHandshakeException("CN=x\n12:00:00 WARN \u001b[31m" + "y".repeat(1000))))
                .hasValueSatisfying(reason ->
                        assertThat(reason).doesNotContain("\n", "\u001b").hasSizeLessThan(300));
    }
}
