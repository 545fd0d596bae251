package dev.starling.store.backup;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What a person encrypts a backup with. Never printed. */
public final class Passphrase {

    /** Of PBKDF2-HMAC-SHA256: about 0.2 s of one core. */
    static final int ITERATIONS = 310_000;

    /** A file that asks for more would keep whoever reads it busy for minutes. */
    static final int MOST_ITERATIONS = 10_000_000;

    private static final int KEY_BITS = 256;

    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /** Throws IllegalArgumentException for nothing at all. */
    public static Passphrase of(CharSequence text) {
        if (text.length() == 0) {
            throw new IllegalArgumentException("a passphrase must have at least one character");
        }
        return new Passphrase(text.toString().toCharArray());
    }

    /** The key for AES-256 (NIST SP 800-132). */
    SecretKeySpec key(byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, KEY_BITS);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            SecretKeySpec secret = new SecretKeySpec(key, "AES");
            Arrays.fill(key, (byte) 0);
            return secret;
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "a passphrase";
    }
}
