package dev.starling.store.backup;

/** A backup is not restored, and nothing was changed. The message is one line: what is wrong and what would be right. */
public final class BackupRefusedException extends RuntimeException {

    private final Reason reason;

    /** Why. */
    public enum Reason {
        NOT_A_BACKUP,
        NEWER_FORMAT,
        TRUNCATED,
        /** Also of bytes that nobody ever wrote as a backup, though they start like one. */
        DAMAGED,
        OVERSIZED,
        PASSPHRASE_MISSING,
        /** A wrong passphrase and a forged file cannot be told apart. */
        WRONG_PASSPHRASE,
        UNKNOWN_BASE,
        /** The device that it would go to has a model. */
        TAKEN
    }

    public BackupRefusedException(Reason reason, String finding) {
        super(finding);
        this.reason = reason;
    }

    static BackupRefusedException damaged(String finding) {
        return new BackupRefusedException(Reason.DAMAGED, "the backup is damaged: " + finding);
    }

    public Reason reason() {
        return reason;
    }
}
