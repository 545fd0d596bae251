package dev.starling.cluster;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why a connection with TLS did not come about, in a line; the JDK nests it several exceptions deep. */
final class TlsFailure {

    private static final int MAX_LENGTH = 200;

    /** Newer JDKs put the name of the alert before what they say: not of every failure, and it says nothing more. */
    private static final Pattern ALERT = Pattern.compile("^\\([a-z_]+\\) ");

    private TlsFailure() {}

    /** Empty if the connection failed for another reason, for example because its other end is gone. */
    static Optional<String> reason(Throwable failure) {
        boolean tls = false;
        boolean certificate = false;
        Throwable root = failure;
        // Depth-limited: a cause could be given that leads back.
        for (int depth = 0; depth < 20; depth++) {
            tls |= root instanceof SSLException;
            certificate |= root instanceof CertificateException || root instanceof CertPathValidatorException;
            Throwable cause = root.getCause();
            if (cause == null) {
                break;
            }
            root = cause;
        }
        return tls ? Optional.of(told(root, certificate)) : Optional.empty();
    }

    private static String told(Throwable root, boolean certificate) {
        String message =
                printable(ALERT.matcher(String.valueOf(root.getMessage())).replaceFirst(""));
        if (root instanceof CertificateExpiredException || root instanceof CertificateNotYetValidException) {
            return "its certificate is not valid now (" + message + ")";
        }
        return certificate
                ? "its certificate is not of this cluster's authority (" + message + ")"
                : "TLS could not be agreed on (" + message + ")";
    }

    /** What the other end has a hand in must not write lines of its own. */
    private static String printable(String message) {
        String line = message.replaceAll("[^\\p{Print}]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
