package dev.starling.store.backup;

import dev.starling.store.backup.BackupRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** Backups as files: there whole or not at all, and read only if every byte is as it was written. */
public final class BackupFile {

    private BackupFile() {}

    /** The bytes of a file; {@link Envelope} says how they lie. */
    public static byte[] encode(ModelBackup backup) {
        return Envelope.seal(BackupBody.write(backup));
    }

    /** As {@link #encode(ModelBackup)}, encrypted; {@code randomness} fills an array with unpredictable bytes. */
    public static byte[] encode(ModelBackup backup, Passphrase passphrase, Consumer<byte[]> randomness) {
        return Envelope.seal(BackupBody.write(backup), passphrase, randomness);
    }

    /** What {@link #encode} was given; throws BackupRefusedException, with the reason, for anything else. */
    public static ModelBackup decode(byte[] file, Optional<Passphrase> passphrase, BackupLimits limits) {
        limits.requireFile(file.length);
        return BackupBody.read(Envelope.open(file, passphrase), limits);
    }

    /** Whether it takes a passphrase to read {@code file}. */
    public static boolean isEncrypted(byte[] file) {
        return Envelope.isEncrypted(file);
    }

    /** Writes bytes to {@code file}, in place of what is there; they are on disk before the name is. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = Optional.ofNullable(target.getParent()).orElse(target);
        Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The bytes of {@code file}, if {@code limits} allow so many: a file may grow while it is read, or be a device. */
    public static byte[] read(Path file, BackupLimits limits) throws IOException {
        limits.requireFile(Files.size(file));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) limits.fileBytes());
            if (in.read() >= 0) {
                throw new BackupRefusedException(
                        Reason.OVERSIZED,
                        "the backup has more than the " + limits.fileBytes() + " bytes that are read");
            }
            return bytes;
        }
    }
}
