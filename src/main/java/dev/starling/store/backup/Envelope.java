package dev.starling.store.backup;

import dev.starling.store.backup.BackupRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What is around a backup's body. Integers are big-endian:
 *
 * <pre>
 * magic       16 bytes  "STARLING BACKUP\n"
 * format       2        1
 * encryption   2        0 none, 1 AES-256-GCM with a key by PBKDF2-HMAC-SHA256
 * length       8        of the body as it stands in the file
 * if encrypted:
 *   iterations 4        of PBKDF2
 *   salt      16
 *   nonce     12
 * body                  encrypted: with the tag of 16 bytes at its end; the header above is its authenticated data
 * hash        32        SHA-256 of everything above
 * </pre>
 *
 * The hash tells damage by chance. Only encryption tells a file that somebody has made up on purpose.
 */
final class Envelope {

    static final int FORMAT = 1;

    private static final byte[] MAGIC = "STARLING BACKUP\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PLAIN = 0;
    private static final int ENCRYPTED = 1;
    private static final int PLAIN_HEADER = 28;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int ENCRYPTED_HEADER = PLAIN_HEADER + 4 + SALT + NONCE;
    private static final int TAG = 16;
    private static final int HASH = 32;

    private Envelope() {}

    static byte[] seal(byte[] body) {
        byte[] header = new byte[PLAIN_HEADER];
        begin(header, PLAIN, body.length);
        return hashed(header, body);
    }

    /** @param randomness fills an array with unpredictable bytes: salt and nonce must never occur twice */
    static byte[] seal(byte[] body, Passphrase passphrase, Consumer<byte[]> randomness) {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        randomness.accept(salt);
        randomness.accept(nonce);
        byte[] header = new byte[ENCRYPTED_HEADER];
        begin(header, ENCRYPTED, body.length + (long) TAG)
                .putInt(Passphrase.ITERATIONS)
                .put(salt)
                .put(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, Passphrase.ITERATIONS, salt, nonce);
            cipher.updateAAD(header);
            return hashed(header, cipher.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM and PBKDF2", e);
        }
    }

    private static ByteBuffer begin(byte[] header, int encryption, long length) {
        return ByteBuffer.wrap(header)
                .put(MAGIC)
                .putShort((short) FORMAT)
                .putShort((short) encryption)
                .putLong(length);
    }

    private static byte[] hashed(byte[] header, byte[] body) {
        byte[] file = Arrays.copyOf(header, Math.addExact(header.length + HASH, body.length));
        System.arraycopy(body, 0, file, header.length, body.length);
        byte[] hash = hash(file, file.length - HASH);
        System.arraycopy(hash, 0, file, file.length - HASH, HASH);
        return file;
    }

    /** Whether it takes a passphrase to read {@code file}; false for what is no backup. */
    static boolean isEncrypted(byte[] file) {
        return file.length >= PLAIN_HEADER && ByteBuffer.wrap(file).getShort(MAGIC.length + 2) == ENCRYPTED;
    }

    /** The body, whole; throws BackupRefusedException for anything that {@link #seal} did not make. */
    static byte[] open(byte[] file, Optional<Passphrase> passphrase) {
        if (!Arrays.equals(Arrays.copyOf(file, MAGIC.length), MAGIC)) {
            throw new BackupRefusedException(Reason.NOT_A_BACKUP, "this is not a backup of a model");
        }
        ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length, file.length - MAGIC.length);
        requireLength(file, PLAIN_HEADER + HASH);
        int format = in.getShort() & 0xFFFF;
        if (format > FORMAT) {
            throw new BackupRefusedException(
                    Reason.NEWER_FORMAT,
                    "the backup is of format " + format + ", this Starling reads format " + FORMAT
                            + "; use a newer Starling");
        }
        int encryption = in.getShort() & 0xFFFF;
        if (format < FORMAT || encryption > ENCRYPTED) {
            throw BackupRefusedException.damaged("there is no format " + format + " with encryption " + encryption);
        }
        int header = encryption == ENCRYPTED ? ENCRYPTED_HEADER : PLAIN_HEADER;
        long length = in.getLong();
        if (length < 0 || length > Long.MAX_VALUE - header - HASH) {
            throw BackupRefusedException.damaged("its length cannot be " + length);
        }
        requireLength(file, header + length + HASH);
        byte[] hash = Arrays.copyOfRange(file, file.length - HASH, file.length);
        if (!MessageDigest.isEqual(hash, hash(file, file.length - HASH))) {
            throw BackupRefusedException.damaged("its bytes do not have the hash that stands at its end");
        }
        return encryption == PLAIN
                ? Arrays.copyOfRange(file, header, file.length - HASH)
                : decrypted(file, in, passphrase);
    }

    private static void requireLength(byte[] file, long expected) {
        if (file.length < expected) {
            throw new BackupRefusedException(
                    Reason.TRUNCATED,
                    "the backup is truncated: it must have " + expected + " bytes, it has " + file.length);
        }
        if (file.length > expected && expected > PLAIN_HEADER + HASH) {
            throw BackupRefusedException.damaged("it must have " + expected + " bytes, it has " + file.length);
        }
    }

    private static byte[] decrypted(byte[] file, ByteBuffer in, Optional<Passphrase> passphrase) {
        Passphrase given = passphrase.orElseThrow(() ->
                new BackupRefusedException(Reason.PASSPHRASE_MISSING, "the backup is encrypted: give its passphrase"));
        int iterations = in.getInt();
        if (iterations < Passphrase.ITERATIONS || iterations > Passphrase.MOST_ITERATIONS) {
            throw BackupRefusedException.damaged("its key must take " + Passphrase.ITERATIONS + " to "
                    + Passphrase.MOST_ITERATIONS + " iterations, it says " + iterations);
        }
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        in.get(salt).get(nonce);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, given, iterations, salt, nonce);
            cipher.updateAAD(file, 0, ENCRYPTED_HEADER);
            return cipher.doFinal(file, ENCRYPTED_HEADER, file.length - ENCRYPTED_HEADER - HASH);
        } catch (AEADBadTagException e) {
            throw new BackupRefusedException(
                    Reason.WRONG_PASSPHRASE, "the passphrase is wrong, or the backup was tampered with");
        } catch (GeneralSecurityException e) {
            throw BackupRefusedException.damaged("it cannot be decrypted (" + e.getMessage() + ")");
        }
    }

    private static Cipher cipher(int mode, Passphrase passphrase, int iterations, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, passphrase.key(salt, iterations), new GCMParameterSpec(8 * TAG, nonce));
        return cipher;
    }

    private static byte[] hash(byte[] bytes, int count) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, count);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
