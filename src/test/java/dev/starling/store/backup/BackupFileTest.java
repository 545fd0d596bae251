package dev.starling.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.model.Snapshot;
import dev.starling.store.backup.BackupRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {

    private static final Passphrase SECRET = Passphrase.of("correct horse battery staple");
    private static final Snapshot BASE = SampleBackups.anyBits(5);
    private static final Snapshot MODEL = SampleBackups.drifted(BASE);
    private static final ModelBackup BACKUP = SampleBackups.backup(MODEL, Optional.of(BASE), true);
    private static final byte[] PLAIN = BackupFile.encode(BACKUP);
    private static final byte[] ENCRYPTED = encrypted(BACKUP);

    private static byte[] encrypted(ModelBackup backup) {
        Random random = new Random(1);
        return BackupFile.encode(backup, SECRET, random::nextBytes);
    }

    private static ModelBackup open(byte[] file) {
        return BackupFile.decode(file, Optional.of(SECRET), BackupLimits.USUAL);
    }

    private static Reason refusal(byte[] file) {
        return refused(file).reason();
    }

    private static BackupRefusedException refused(byte[] file) {
        BackupRefusedException refused = catchThrowableOfType(
                BackupRefusedException.class, () -> open(file).recover(base -> Optional.empty()));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
        return refused;
    }

    /** {@code file} with the hash that its bytes have: what somebody would do who wants it to be read. */
    private static byte[] resealed(byte[] file) throws Exception {
        byte[] sealed = file.clone();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(file, file.length - 32));
        System.arraycopy(hash, 0, sealed, file.length - 32, 32);
        return sealed;
    }

    @Test
    void everythingComesBackAsItWas() {
        for (byte[] file : List.of(PLAIN, ENCRYPTED)) {
            ModelBackup read = open(file);
            assertThat(read).isEqualTo(BACKUP);
            assertThat(BackupFile.encode(read)).isEqualTo(PLAIN);
            assertThat(read.recover(base -> Optional.empty())).isEqualTo(MODEL);
        }
        assertThat(BackupFile.isEncrypted(ENCRYPTED)).isTrue();
        assertThat(BackupFile.isEncrypted(PLAIN)).isFalse();
    }

    @Test
    void anyFloatBitsSurviveWithAndWithoutABase() {
        for (int seed = 0; seed < 200; seed++) {
            Snapshot base = SampleBackups.anyBits(seed);
            Snapshot model = seed % 2 == 0 ? SampleBackups.drifted(base) : SampleBackups.anyBits(seed + 1_000);
            for (Optional<Snapshot> against : List.of(Optional.<Snapshot>empty(), Optional.of(base))) {
                ModelBackup read = open(BackupFile.encode(SampleBackups.backup(model, against, false)));
                assertThat(read.recover(asked -> Optional.of(base)))
                        .as("seed %d", seed)
                        .isEqualTo(model);
                assertThat(read.parts()).isEqualTo(SampleBackups.parts(1));
            }
        }
    }

    @Test
    void everyFlippedByteIsRefused() {
        for (byte[] file : List.of(PLAIN, ENCRYPTED)) {
            for (int i = 0; i < file.length; i++) {
                byte[] damaged = file.clone();
                damaged[i] ^= (byte) (1 << i % 8);
                assertThat(refusal(damaged)).as("byte %d", i).isNotNull();
            }
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (byte[] file : List.of(PLAIN, ENCRYPTED)) {
            for (int length = 0; length < file.length; length++) {
                Reason reason = refusal(Arrays.copyOf(file, length));
                assertThat(reason)
                        .as("%d bytes", length)
                        .isEqualTo(length < 16 ? Reason.NOT_A_BACKUP : Reason.TRUNCATED);
            }
            assertThat(refusal(Arrays.copyOf(file, file.length + 1))).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void garbageIsRefused() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            assertThat(refusal(garbage)).isEqualTo(Reason.NOT_A_BACKUP);
        }
    }

    /** With a true hash the body itself is read: nothing but a refusal, or another model than was backed up, may come. */
    @Test
    void everyByteThatSomebodyChangedOnPurposeIsRefusedOrSeen() throws Exception {
        int refusals = 0;
        for (int i = 0; i < PLAIN.length - 32; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] forged = PLAIN.clone();
                forged[i] ^= (byte) (1 << bit);
                try {
                    ModelBackup read = open(resealed(forged));
                    read.recover(base -> Optional.empty());
                    // Not by equals(): to it, all NaNs of the featurizer are one.
                    assertThat(BackupFile.encode(read)).as("byte %d", i).isNotEqualTo(PLAIN);
                } catch (BackupRefusedException e) {
                    refusals++;
                }
            }
        }
        assertThat(refusals).isGreaterThan(PLAIN.length);
    }

    @Test
    void whatIsEncryptedCannotBeForgedAtAll() throws Exception {
        // Iterations below the least, salt, nonce, first and last byte of the body: each takes a key of its own.
        for (int i : List.of(28, 32, 48, 59, 60, ENCRYPTED.length - 33)) {
            byte[] forged = ENCRYPTED.clone();
            forged[i] ^= 1;
            assertThat(refusal(resealed(forged))).as("byte %d", i).isIn(Reason.DAMAGED, Reason.WRONG_PASSPHRASE);
        }
        assertThat(new String(ENCRYPTED, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("housing-1", "dense");
    }

    @Test
    void aWrongOrMissingPassphraseIsToldApartFromDamage() {
        assertThatThrownBy(
                        () -> BackupFile.decode(ENCRYPTED, Optional.of(Passphrase.of("Correct")), BackupLimits.USUAL))
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_PASSPHRASE));
        assertThatThrownBy(() -> BackupFile.decode(ENCRYPTED, Optional.empty(), BackupLimits.USUAL))
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.PASSPHRASE_MISSING));
        assertThat(SECRET.toString()).doesNotContain("horse");
    }

    @Test
    void twoBackupsShareNeitherSaltNorNonce() {
        Random random = new Random(2);
        byte[] one = BackupFile.encode(BACKUP, SECRET, random::nextBytes);
        byte[] two = BackupFile.encode(BACKUP, SECRET, random::nextBytes);
        assertThat(Arrays.copyOfRange(one, 32, 48)).isNotEqualTo(Arrays.copyOfRange(two, 32, 48));
        assertThat(Arrays.copyOfRange(one, 48, 60)).isNotEqualTo(Arrays.copyOfRange(two, 48, 60));
    }

    @Test
    void aNewerFormatIsNamed() throws Exception {
        byte[] newer = PLAIN.clone();
        newer[17] = 2;
        assertThat(refused(resealed(newer)).reason()).isEqualTo(Reason.NEWER_FORMAT);
        assertThat(refused(resealed(newer)).getMessage()).contains("format 2").contains("newer Starling");
    }

    /** The claims are far beyond any heap: whoever believed one of them would end with OutOfMemoryError. */
    @Test
    void claimsOfHugeSizesAreRefusedBeforeAnythingIsAllocated() throws Exception {
        for (long length : List.of(Long.MAX_VALUE, -1L, 1L << 40, (long) PLAIN.length)) {
            byte[] huge = PLAIN.clone();
            ByteBuffer.wrap(huge).putLong(20, length);
            assertThat(refusal(resealed(huge))).isIn(Reason.TRUNCATED, Reason.DAMAGED);
        }
        for (int i = 28; i + 4 <= PLAIN.length - 32; i++) {
            for (int claim : List.of(Integer.MAX_VALUE, 0x7FFF_FFF0, -1)) {
                byte[] huge = PLAIN.clone();
                ByteBuffer.wrap(huge).putInt(i, claim);
                byte[] sealed = resealed(huge);
                try {
                    open(sealed).recover(base -> Optional.empty());
                } catch (BackupRefusedException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    @Test
    void limitsHoldForTheFileAndForWhatItStandsFor() {
        BackupLimits small = new BackupLimits(PLAIN.length - 1, 1_000);
        assertThatThrownBy(() -> BackupFile.decode(PLAIN, Optional.empty(), small))
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.OVERSIZED));
        BackupLimits few = new BackupLimits(1_000_000, MODEL.layout().bytes() - 1);
        assertThatThrownBy(() -> BackupFile.decode(PLAIN, Optional.empty(), few))
                .hasMessageContaining("36 bytes of values, at most 35")
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.OVERSIZED));
    }

    @Test
    void anUnknownBaseIsRefusedAndAWrongOneToo() {
        ModelBackup backup = open(BackupFile.encode(SampleBackups.backup(MODEL, Optional.of(BASE), false)));
        assertThat(backup.embeddedBase()).isEmpty();
        assertThatThrownBy(() -> backup.recover(base -> Optional.empty()))
                .hasMessageContaining("base@3 of run housing-1")
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_BASE));
        assertThatThrownBy(() -> backup.recover(base -> Optional.of(SampleBackups.anyBits(99))))
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
        assertThat(backup.recover(base -> Optional.of(BASE))).isEqualTo(MODEL);
    }

    @Test
    void aFileIsThereWholeAndNothingElseIsLeft(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("model.backup");
        BackupFile.write(file, PLAIN);
        BackupFile.write(file, ENCRYPTED);
        assertThat(BackupFile.read(file, BackupLimits.USUAL)).isEqualTo(ENCRYPTED);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> BackupFile.read(file, new BackupLimits(10, 10)))
                .isInstanceOf(BackupRefusedException.class);
    }
}
