package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.model.Snapshot;
import dev.starling.store.Form;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.backup.Ancestor;
import dev.starling.store.backup.BackupRefusedException;
import dev.starling.store.backup.BackupRefusedException.Reason;
import dev.starling.store.backup.ModelBackup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupTest {

    private static final VersionKey KEY = VersionKey.of(3, 2);
    private static final Snapshot MODEL = SmallModels.personal(3, 2, 2);

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private ModelStore store = ModelStore.open(StoreSettings.url("jdbc:h2:mem:none", "starling", ""));

    private static ModelStore open(Path place) {
        return ModelStore.open(StoreSettings.directory(place));
    }

    @BeforeEach
    void write() {
        store.close();
        store = open(directory);
        store.write(SmallModels.round("one", 1, 4));
        store.write(SmallModels.round("one", 2, 4));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ModelBackup backup(boolean embed) {
        return new StoreBackup(store, "one").backup(KEY, embed, Optional.empty());
    }

    private VersionRecord restored(String run, ModelBackup backup, Optional<Integer> device, boolean force) {
        StoreBackup backups = new StoreBackup(store, run);
        StoreBackup.Restore plan = backups.plan(backup, device, force, Optional.empty());
        backups.install(plan);
        assertThat(store.recover(run, plan.key())).isEqualTo(MODEL);
        assertThat(store.fsck(false, Optional.empty()).problems()).isEmpty();
        return store.find(run, plan.key()).orElseThrow();
    }

    private void refused(String run, ModelBackup backup, Optional<Integer> device, Reason reason) {
        long before = store.count(run, VersionQuery.all());
        assertThatThrownBy(() -> new StoreBackup(store, run).plan(backup, device, false, Optional.empty()))
                .isInstanceOfSatisfying(
                        BackupRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(store.count(run, VersionQuery.all())).isEqualTo(before);
    }

    @Test
    void aBackupTellsWhereTheModelComesFrom() {
        assertThat(backup(false).parts().lineage()).extracting(Ancestor::key).containsExactly(KEY, VersionKey.base(2));
        assertThat(backup(false).manifest().base().orElseThrow().key()).isEqualTo(VersionKey.base(2));
        assertThat(backup(false).embeddedBase()).isEmpty();
        assertThat(backup(true).embedded()).contains(SmallModels.model(VersionKey.base(2)));
    }

    @Test
    void aModelMovesToAnotherDeviceAsADifferenceFromTheSameBase() {
        VersionRecord record = restored("one", backup(false), Optional.of(77), false);
        assertThat(record.key()).isEqualTo(VersionKey.of(77, 2));
        assertThat(record.form()).isEqualTo(Form.DELTA_TO_BASE);
        assertThat(record.reference()).contains(VersionKey.base(2));
        assertThat(record.tags()).containsExactly("restored");
        assertThat(record.recipe())
                .isEqualTo(store.find("one", KEY).orElseThrow().recipe());
    }

    @Test
    void aDeviceThatHasAModelIsTakenUnlessForced() {
        store.write(SmallModels.round("one", 3, 4));
        refused("one", backup(false), Optional.empty(), Reason.TAKEN);
        refused("one", backup(false), Optional.of(1), Reason.TAKEN);
        assertThat(restored("one", backup(false), Optional.empty(), true).key()).isEqualTo(VersionKey.of(3, 4));
        assertThat(store.at("one", 3, VersionKey.MAX_SEQUENCE).orElseThrow().root())
                .isEqualTo(backup(false).manifest().root());
    }

    @Test
    void whatTheDeviceHasAlreadyIsNotWrittenAgain() {
        StoreBackup.Restore plan =
                new StoreBackup(store, "one").plan(backup(false), Optional.empty(), false, Optional.empty());
        assertThat(plan.written()).isEmpty();
        assertThat(plan.key()).isEqualTo(KEY);
    }

    @Test
    void anotherStoreNeedsTheBaseOrGetsItWithTheModel() {
        ModelBackup without = backup(false);
        ModelBackup with = backup(true);
        store.close();
        store = open(directory.resolve("elsewhere"));
        store.write(new WriteBatch("two", List.of(SmallModels.base(0))));
        refused("two", without, Optional.empty(), Reason.UNKNOWN_BASE);
        VersionRecord record = restored("two", with, Optional.empty(), false);
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.reference()).contains(VersionKey.base(2));
        assertThat(store.recover("two", VersionKey.base(2))).isEqualTo(SmallModels.model(VersionKey.base(2)));
    }

    @Test
    void anotherBaseUnderTheSameNumberStaysAndTheModelIsKeptWhole() {
        ModelBackup with = backup(true);
        Snapshot other = SmallModels.model(SmallModels.LAYOUT, 999);
        store.write(new WriteBatch(
                "three",
                List.of(NewVersion.snapshot(
                        VersionKey.base(2), other, SmallModels.base(2).origin()))));
        assertThat(restored("three", with, Optional.empty(), false).form()).isEqualTo(Form.SNAPSHOT);
        assertThat(store.recover("three", VersionKey.base(2))).isEqualTo(other);
    }
}
