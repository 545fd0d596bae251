package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.CorruptVersionException;
import dev.starling.store.Form;
import dev.starling.store.ModelRoot;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelinePart;
import dev.starling.store.PipelineTree;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.VersionConflictException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a model store does, whatever database it is on. */
abstract class ModelStoreContract {

    static final String RUN = "run-1";

    StoreSettings settings = StoreSettings.directory(Path.of("set before each test"));

    @SuppressWarnings("NullAway.Init") // Set before each test.
    ModelStore store;

    /** Settings of a database of its own for each test. */
    abstract StoreSettings emptyDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        settings = emptyDatabase();
        store = ModelStore.open(settings);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = ModelStore.open(settings.existing());
    }

    private FsckReport fsck() {
        return store.fsck(false, Optional.empty());
    }

    private static List<String> keys(List<VersionRecord> records) {
        return records.stream().map(record -> record.key().toString()).toList();
    }

    private int change(String sql, Object... parameters) {
        return store.database().transaction(connection -> Sql.update(connection, sql, parameters));
    }

    @Test
    void everyVersionComesBackBitForBitInALaterProcessToo() {
        for (int round = 0; round < 3; round++) {
            store.write(SmallModels.round(RUN, round, 5));
        }
        reopen();
        for (int round = 0; round < 3; round++) {
            assertThat(store.recover(RUN, VersionKey.base(round))).isEqualTo(SmallModels.model(VersionKey.base(round)));
            for (int device = 0; device < 5; device++) {
                assertThat(store.recover(RUN, VersionKey.of(device, round)))
                        .isEqualTo(SmallModels.personal(device, round, round));
            }
        }
        FsckReport report = fsck();
        assertThat(report.problems()).isEmpty();
        assertThat(report.versions()).isEqualTo(18);
        assertThat(report.verified()).isEqualTo(18);
        assertThat(report.heads()).isEqualTo(6);
        assertThat(report.orphans()).isZero();
    }

    @Test
    void formsMixAndChainsAreFollowed() {
        VersionKey first = VersionKey.of(7, 0);
        Snapshot zero = SmallModels.personal(7, 0, 0);
        Snapshot one = SmallModels.drifted(zero, 1);
        Snapshot two = SmallModels.drifted(one, 2);
        Origin origin = SmallModels.origin(first);
        store.write(new WriteBatch(
                RUN,
                List.of(
                        NewVersion.delta(VersionKey.of(7, 2), two, VersionKey.of(7, 1), one, origin),
                        NewVersion.delta(VersionKey.of(7, 1), one, first, zero, origin),
                        SmallModels.base(0),
                        SmallModels.personalDelta(7, 0, 0))));
        VersionRecord last = store.find(RUN, VersionKey.of(7, 2)).orElseThrow();
        assertThat(last.form()).isEqualTo(Form.DELTA_TO_PARENT);
        assertThat(last.reference()).contains(VersionKey.of(7, 1));
        assertThat(last.chain()).isEqualTo(3);
        assertThat(store.recover(RUN, last.key())).isEqualTo(two);
        assertThat(fsck().problems()).isEmpty();
    }

    @Test
    void writingTheSameAgainIsHarmlessAndOtherBitsAreRefused() {
        WriteBatch batch = SmallModels.round(RUN, 0, 4);
        assertThat(store.write(batch).written()).isEqualTo(5);
        WriteResult again = store.write(batch);
        assertThat(again.written()).isZero();
        assertThat(again.known()).isEqualTo(5);
        assertThat(store.write(SmallModels.round(RUN, 0, 6)).written()).isEqualTo(2);
        VersionKey key = VersionKey.of(2, 0);
        Snapshot other = SmallModels.personal(2, 99, 0);
        NewVersion wrong = NewVersion.snapshot(key, other, SmallModels.origin(key));
        NewVersion right = SmallModels.personalDelta(50, 0, 0);
        assertThatThrownBy(() -> store.write(new WriteBatch(RUN, List.of(right, wrong))))
                .isInstanceOf(VersionConflictException.class)
                .hasMessageContaining("version 2@0 of run " + RUN)
                .hasMessageContaining(ModelRoot.of(other).hex())
                .hasMessageContaining(
                        ModelRoot.of(SmallModels.personal(2, 0, 0)).hex());
        assertThat(store.find(RUN, right.key())).as("all of a batch or nothing").isEmpty();
    }

    @Test
    void aVersionNeedsWhatItRefersTo() {
        assertThatThrownBy(() -> store.write(new WriteBatch(RUN, List.of(SmallModels.personalDelta(1, 0, 0)))))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("base@0");
        assertThatThrownBy(() -> store.recover(RUN, VersionKey.base(0))).isInstanceOf(UnknownVersionException.class);
        assertThatThrownBy(() -> store.recover("other", VersionKey.base(0)))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("run other");
    }

    @Test
    void twoRunsShareEqualObjects() {
        store.close();
        store = ModelStore.open(settings, new Placement(256, 1_000));
        WriteResult first = store.write(SmallModels.round("one", 0, 5));
        long bytes = packBytes();
        WriteResult second = store.write(SmallModels.round("two", 0, 5));
        assertThat(first.objects() + first.inline()).isEqualTo(6);
        assertThat(second.objects()).isZero();
        assertThat(second.shared()).isEqualTo(first.objects()).isPositive();
        assertThat(packBytes()).isEqualTo(bytes);
        assertThat(store.runs()).containsExactly("one", "two");
        assertThat(store.recover("two", VersionKey.of(3, 0))).isEqualTo(SmallModels.personal(3, 0, 0));
    }

    private long packBytes() {
        return store.database()
                .transaction(connection -> Sql.number(connection, "SELECT COALESCE(SUM(bytes), 0) FROM pack"));
    }

    @Test
    void largeModelsSpanBlocks() {
        TensorLayout large = new TensorLayout(List.of(new TensorSpec("w", List.of(1_500_000))));
        Snapshot model = SmallModels.model(large, 5);
        List<NewVersion> versions = new ArrayList<>();
        versions.add(NewVersion.snapshot(VersionKey.base(0), model, Origin.at(new SimTime(0))));
        versions.add(SmallModels.base(1));
        versions.add(NewVersion.snapshot(VersionKey.base(2), SmallModels.model(large, 6), Origin.at(new SimTime(0))));
        store.write(new WriteBatch(RUN, versions));
        assertThat(store.recover(RUN, VersionKey.base(0))).isEqualTo(model);
        assertThat(store.recover(RUN, VersionKey.base(1))).isEqualTo(SmallModels.model(VersionKey.base(1)));
        assertThat(store.recover(RUN, VersionKey.base(2))).isEqualTo(SmallModels.model(large, 6));
        assertThat(fsck().problems()).isEmpty();
    }

    @Test
    void aRecipeIsExecutedWhereTheDataIsAndVerified() {
        Snapshot base = SmallModels.model(VersionKey.base(0));
        VersionKey key = VersionKey.of(4, 0);
        Snapshot trained = SmallModels.drifted(base, 44);
        store.write(new WriteBatch(
                RUN,
                List.of(
                        SmallModels.base(0),
                        NewVersion.replay(key, trained, VersionKey.base(0), SmallModels.origin(key)))));
        assertThatThrownBy(() -> store.recover(RUN, key))
                .isInstanceOf(ReplayNeededException.class)
                .hasMessageContaining("raw data stays home");
        assertThat(store.recover(
                        RUN,
                        key,
                        Optional.of((version, from) -> SmallModels.drifted(
                                from, 44L * version.recipe().orElseThrow().round()))))
                .isEqualTo(trained);
        assertThatThrownBy(() -> store.recover(RUN, key, Optional.of((version, from) -> SmallModels.drifted(from, 45))))
                .isInstanceOf(CorruptVersionException.class)
                .hasMessageContaining("0.dense.bias")
                .hasMessageContaining(ModelRoot.of(trained).hex())
                .hasMessageContaining(
                        ModelRoot.of(SmallModels.drifted(base, 45)).hex());
        assertThat(fsck().recipes()).isEqualTo(1);
        assertThat(fsck().clean()).isTrue();
    }

    @Test
    void recordsKeepWhatIsKnownOfAVersion() {
        VersionKey key = VersionKey.of(3, 0);
        Pipeline pipeline = Pipeline.EMPTY
                .with(PipelinePart.RECIPE, "epochs", 5)
                .with(PipelinePart.ARCHITECTURE, "network", "mlp(20)\nnot \\n a line");
        String root = PipelineTree.of(pipeline).root();
        Origin origin = SmallModels.origin(key).with(pipeline).tagged("gold", "first");
        Snapshot model = SmallModels.personal(3, 0, 0);
        store.write(new WriteBatch(
                RUN,
                List.of(
                        SmallModels.base(0),
                        NewVersion.delta(
                                key, model, VersionKey.base(0), SmallModels.model(VersionKey.base(0)), origin))));
        reopen();
        VersionRecord record = store.find(RUN, key).orElseThrow();
        assertThat(record.root()).isEqualTo(ModelRoot.of(model));
        assertThat(record.recipe()).isEqualTo(origin.recipe());
        assertThat(record.metrics()).isEqualTo(origin.metrics());
        assertThat(record.created()).isEqualTo(origin.created());
        assertThat(record.tags()).containsExactly("first", "gold");
        assertThat(record.pipeline()).contains(root);
        assertThat(store.pipeline(root)).contains(pipeline);
        assertThat(record.bytes()).isPositive();
        assertThat(record.payload().orElseThrow().address()).hasSize(64);
    }

    @Test
    void listsAnswerWhatIsAsked() {
        for (int round = 0; round < 3; round++) {
            store.write(SmallModels.round(RUN, round, 4));
        }
        store.write(SmallModels.round("other", 0, 9));
        store.tag(RUN, VersionKey.of(1, 1), "kept");
        VersionQuery all = VersionQuery.all();
        assertThat(store.count(RUN, all)).isEqualTo(15);
        assertThat(keys(store.list(RUN, all.page(4, 2)))).containsExactly("base@2", "0@0", "0@1", "0@2");
        assertThat(keys(store.list(RUN, all.between(VersionField.DEVICE, 1, 2).atMost(VersionField.SEQUENCE, 0))))
                .containsExactly("1@0", "2@0");
        assertThat(keys(store.list(
                        RUN,
                        all.atLeast(VersionField.LOSS, 0.3)
                                .by(VersionField.LOSS, true)
                                .page(4, 0))))
                .as("1 / (2 + device), largest first")
                .containsExactly("0@2", "0@1", "0@0", "1@2");
        assertThat(keys(store.list(RUN, all.tagged("kept")))).containsExactly("1@1");
        assertThat(store.count(RUN, all.of(Form.SNAPSHOT))).isEqualTo(3);
        assertThat(store.count(RUN, all.between(VersionField.CREATED, 1_000_000, 1_000_000)))
                .isEqualTo(5);
        assertThat(store.count(RUN, all.between(VersionField.BASE, 0, 0))).isEqualTo(12);
        assertThat(store.count(RUN, all.between(VersionField.BASE, 1, 5))).isZero();
        assertThat(store.list("no such run", all)).isEmpty();
        assertThat(keys(store.heads(RUN, 10, 0))).containsExactly("base@2", "0@2", "1@2", "2@2", "3@2");
        store.untag(RUN, VersionKey.of(1, 1), "kept");
        assertThat(store.list(RUN, all.tagged("kept"))).isEmpty();
    }

    @Test
    void timeTravelFindsWhatADeviceHeldAndHeadsNeverFall() {
        store.write(SmallModels.round(RUN, 8, 1));
        store.write(SmallModels.round(RUN, 3, 1));
        assertThat(store.at(RUN, 0, 2)).isEmpty();
        assertThat(store.at(RUN, 0, 3).orElseThrow().key()).hasToString("0@3");
        assertThat(store.at(RUN, 0, 7).orElseThrow().key()).hasToString("0@3");
        assertThat(store.at(RUN, 0, 100).orElseThrow().key()).hasToString("0@8");
        assertThat(keys(store.heads(RUN, 10, 0))).containsExactly("base@8", "0@8");
    }

    @Test
    void fsckNamesWhatIsMissing() {
        store.write(SmallModels.round(RUN, 0, 2));
        store.write(SmallModels.round(RUN, 1, 2));
        long base = VersionId.of(0, VersionKey.base(0));
        change("DELETE FROM version WHERE id = ?", base);
        assertThat(fsck().problems())
                .extracting(FsckReport.Problem::kind)
                .contains(FsckReport.Kind.BROKEN_CHAIN)
                .doesNotContain(FsckReport.Kind.WRONG_HEAD);
        assertThat(fsck().problems().get(0))
                .hasToString("broken chain: run-1/0@0: the version that it refers to is missing");
        assertThat(fsck().orphans()).isEqualTo(1);
        change(
                "DELETE FROM object WHERE id = (SELECT object FROM version WHERE id = ?)",
                VersionId.of(0, VersionKey.base(1)));
        change("DELETE FROM version WHERE id = ?", VersionId.of(0, VersionKey.of(1, 1)));
        FsckReport report = store.fsck(true, Optional.empty());
        assertThat(report.problems())
                .extracting(problem -> problem.kind() + " " + problem.subject())
                .contains("MISSING_OBJECT run-1/base@1", "WRONG_HEAD run-1/1@1", "WRONG_HEAD run-1/1@0");
        change("DELETE FROM block");
        assertThat(fsck().problems()).extracting(FsckReport.Problem::kind).contains(FsckReport.Kind.MISSING_BLOCK);
    }

    @Test
    void everyFlippedByteIsFound() {
        TensorLayout tiny =
                new TensorLayout(List.of(new TensorSpec("w", List.of(2, 3)), new TensorSpec("b", List.of(2))));
        Snapshot base = SmallModels.model(tiny, 1);
        Snapshot other = SmallModels.model(tiny, 2);
        store.close();
        store = ModelStore.open(settings, new Placement(0, 0));
        store.write(batch(base, other));
        byte[] content = store.database()
                .transaction(connection -> Sql.query(connection, "SELECT content FROM block", row -> row.getBytes(1))
                        .get(0));
        assertThat(content.length).isGreaterThan(20);
        for (int i = 0; i < content.length; i++) {
            byte[] damaged = content.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            change("UPDATE block SET content = ?", (Object) damaged);
            assertThat(store.fsck(true, Optional.empty()).problems())
                    .as("byte %d", i)
                    .extracting(FsckReport.Problem::kind)
                    .contains(FsckReport.Kind.DAMAGED_OBJECT);
            assertThat(fsck().problems())
                    .as("byte %d", i)
                    .extracting(FsckReport.Problem::kind)
                    .contains(FsckReport.Kind.DAMAGED_OBJECT, FsckReport.Kind.DAMAGED_VERSION);
        }
        change("UPDATE block SET content = ?", (Object) content);
        assertThat(fsck().problems()).isEmpty();
    }

    @Test
    void everyFlippedByteOfAnInlinePayloadIsFound() {
        TensorLayout tiny =
                new TensorLayout(List.of(new TensorSpec("w", List.of(2, 3)), new TensorSpec("b", List.of(2))));
        store.write(batch(SmallModels.model(tiny, 1), SmallModels.model(tiny, 2)));
        for (VersionRecord record : store.list(RUN, VersionQuery.all())) {
            assertThat(record.payload().orElseThrow().inline()).isTrue();
            long id = VersionId.of(0, record.key());
            byte[] content = store.database()
                    .transaction(connection -> Sql.query(
                                    connection, "SELECT inline FROM version WHERE id = ?", row -> row.getBytes(1), id)
                            .get(0));
            for (int i = 0; i < content.length; i++) {
                byte[] damaged = content.clone();
                damaged[i] ^= (byte) (1 << i % 8);
                change("UPDATE version SET inline = ? WHERE id = ?", damaged, id);
                assertThatThrownBy(() -> store.recover(RUN, record.key())).isInstanceOf(CorruptVersionException.class);
                assertThat(fsck().clean()).isFalse();
            }
            change("UPDATE version SET inline = ? WHERE id = ?", content, id);
        }
        assertThat(fsck().problems()).isEmpty();
    }

    private static WriteBatch batch(Snapshot base, Snapshot other) {
        Origin origin = Origin.at(new SimTime(0));
        return new WriteBatch(
                RUN,
                List.of(
                        NewVersion.snapshot(VersionKey.base(0), base, origin),
                        NewVersion.delta(VersionKey.of(0, 0), other, VersionKey.base(0), base, origin)));
    }

    @Test
    void collectionKeepsTheLastTheTaggedAndWhatTheyNeed() {
        for (int round = 0; round < 6; round++) {
            store.write(SmallModels.round(RUN, round, 3));
        }
        store.tag(RUN, VersionKey.of(1, 1), "gold");
        GcReport held = store.collect(new Retention(2, 1, Retention.Dependants.HOLD, 0), false, Optional.empty());
        assertThat(keys(store.list(RUN, VersionQuery.all())))
                .containsExactly("base@1", "base@4", "base@5", "0@4", "0@5", "1@1", "1@4", "1@5", "2@4", "2@5");
        assertThat(held.retired()).isEqualTo(14);
        assertThat(held.bytesAfter()).isLessThan(held.bytesBefore());
        assertThat(fsck().problems()).isEmpty();
        assertThat(fsck().orphans()).isZero();
    }

    @Test
    void aBaseGoesWhenItsDependantsStandOnTheirOwn() {
        for (Retention.Dependants dependants : List.of(Retention.Dependants.MATERIALISE, Retention.Dependants.REBASE)) {
            String run = dependants.name();
            for (int round = 0; round < 4; round++) {
                store.write(SmallModels.round(run, round, 3));
            }
            store.write(new WriteBatch(run, List.of(SmallModels.base(9))));
            GcReport report = store.collect(new Retention(1, 1, dependants, 0), false, Optional.empty());
            assertThat(report.converted()).isEqualTo(3);
            assertThat(keys(store.list(run, VersionQuery.all()))).containsExactly("base@9", "0@3", "1@3", "2@3");
            for (int device = 0; device < 3; device++) {
                assertThat(store.recover(run, VersionKey.of(device, 3))).isEqualTo(SmallModels.personal(device, 3, 3));
            }
            assertThat(store.find(run, VersionKey.of(0, 3)).orElseThrow().reference())
                    .isEqualTo(
                            dependants == Retention.Dependants.REBASE
                                    ? Optional.of(VersionKey.base(9))
                                    : Optional.empty());
            assertThat(fsck().problems()).isEmpty();
            assertThat(fsck().orphans()).isZero();
        }
    }

    @Test
    void theGracePeriodProtectsWhatIsNew() {
        store.write(SmallModels.round(RUN, 0, 3));
        store.write(SmallModels.round(RUN, 1, 3));
        GcReport report =
                store.collect(new Retention(1, 1, Retention.Dependants.HOLD, 3_600_000), false, Optional.empty());
        assertThat(report.retired()).isZero();
        assertThat(report.objects()).isZero();
    }

    @Test
    void compactionGivesSpaceBack() {
        TensorLayout large = new TensorLayout(List.of(new TensorSpec("w", List.of(50_000))));
        for (int version = 0; version < 40; version++) {
            NewVersion base = NewVersion.snapshot(
                    VersionKey.base(version), SmallModels.model(large, version), Origin.at(new SimTime(0)));
            store.write(new WriteBatch(RUN, List.of(base)));
        }
        GcReport report = store.collect(new Retention(1, 1, Retention.Dependants.HOLD, 0), true, Optional.empty());
        assertThat(report.compacted()).isTrue();
        assertThat(report.bytesBefore()).isGreaterThan(40 * report.bytesAfter() - 100_000);
        assertThat(report.bytesAfter()).isBetween(100_000L, 210_000L);
        assertThat(report.diskAfter()).isLessThan(report.diskBefore() / 4);
        assertThat(store.recover(RUN, VersionKey.base(39))).isEqualTo(SmallModels.model(large, 39));
        assertThat(fsck().problems()).isEmpty();
    }
}
