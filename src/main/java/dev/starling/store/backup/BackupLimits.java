package dev.starling.store.backup;

import dev.starling.store.backup.BackupRefusedException.Reason;

/**
 * What a backup may take at most. Checked against what a file says of itself before anything of that size is allocated.
 *
 * @param fileBytes of the file
 * @param modelBytes of one model's values in memory, 4 each: a small file can stand for many zeros
 */
public record BackupLimits(long fileBytes, long modelBytes) {

    /** Models of up to 128 million parameters. */
    public static final BackupLimits USUAL = new BackupLimits(1L << 30, 1L << 29);

    /** The largest file that can be read at all: it is held in one array. */
    private static final long MOST_FILE_BYTES = Integer.MAX_VALUE - 64;

    public BackupLimits {
        if (fileBytes < 1 || fileBytes > MOST_FILE_BYTES || modelBytes < 1) {
            throw new IllegalArgumentException("limits must be >= 1, and the file's at most " + MOST_FILE_BYTES
                    + " bytes, got " + fileBytes + " and " + modelBytes);
        }
    }

    void requireFile(long bytes) {
        if (bytes > fileBytes) {
            throw new BackupRefusedException(
                    Reason.OVERSIZED, "the backup has " + bytes + " bytes, at most " + fileBytes + " are read");
        }
    }

    void requireModel(long bytes) {
        if (bytes > modelBytes) {
            throw new BackupRefusedException(
                    Reason.OVERSIZED,
                    "the model in the backup has " + bytes + " bytes of values, at most " + modelBytes + " are read");
        }
    }
}
