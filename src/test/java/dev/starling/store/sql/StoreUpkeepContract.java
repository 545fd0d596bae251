package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.CorruptVersionException;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelinePart;
import dev.starling.store.PipelineTree;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a store is checked and kept small, whatever database it is on: fsck, damage, collection, compaction. */
abstract class StoreUpkeepContract extends StoreFixture {

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

    /** What only retired versions were made by goes with them; what others were made by stays, also for their writers. */
    @Test
    void layoutsAndPipelinesThatNobodyRefersToAreSwept() {
        TensorLayout other = new TensorLayout(List.of(new TensorSpec("w", List.of(5))));
        Pipeline old = Pipeline.EMPTY.with(PipelinePart.RECIPE, "epochs", 1);
        Pipeline young = Pipeline.EMPTY.with(PipelinePart.RECIPE, "epochs", 2);
        Origin origin = Origin.at(new SimTime(0));
        NewVersion first = NewVersion.snapshot(VersionKey.base(0), SmallModels.model(other, 1), origin.with(old));
        NewVersion second =
                NewVersion.snapshot(VersionKey.base(1), SmallModels.model(VersionKey.base(1)), origin.with(young));
        store.write(new WriteBatch(RUN, List.of(first, second)));
        assertThat(number("SELECT COUNT(*) FROM document")).isEqualTo(4);

        try (ModelStore elsewhere = ModelStore.open(settings.existing())) {
            // It has seen all four documents, and does not know that two of them go.
            elsewhere.write(new WriteBatch(RUN, List.of(first, second)));
            GcReport report = store.collect(new Retention(1, 1, Retention.Dependants.HOLD, 0), false, Optional.empty());
            assertThat(report.retired()).isEqualTo(1);
            assertThat(report.documents()).isEqualTo(2);
            assertThat(number("SELECT COUNT(*) FROM document")).isEqualTo(2);
            assertThat(store.pipeline(PipelineTree.of(old).root())).isEmpty();
            assertThat(store.pipeline(PipelineTree.of(young).root())).contains(young);

            for (ModelStore writer : List.of(elsewhere, store)) {
                String run = writer == store ? "here" : "there";
                writer.write(new WriteBatch(run, List.of(first)));
                assertThat(writer.recover(run, VersionKey.base(0))).isEqualTo(SmallModels.model(other, 1));
            }
        }
        assertThat(store.pipeline(PipelineTree.of(old).root())).contains(old);
        assertThat(fsck().problems()).isEmpty();
        change(
                "DELETE FROM document WHERE id = (SELECT pipeline FROM version WHERE id = ?)",
                VersionId.of(0, VersionKey.base(1)));
        assertThat(fsck().problems())
                .extracting(FsckReport.Problem::kind)
                .containsExactly(FsckReport.Kind.DAMAGED_PIPELINE);
    }

    @Test
    void aProbeThatWasNeverClosedGoesWithTheNextOneOrTheNextCollection() {
        store.write(SmallModels.round(RUN, 0, 3));
        long blocks = number("SELECT COUNT(*) FROM block");
        long packs = number("SELECT COUNT(*) FROM pack");
        try (ReadProbe probe = store.readProbe(64, 1 << 20)) {
            probe.read(1 << 20);
            assertThat(number("SELECT COUNT(*) FROM block")).isEqualTo(blocks + 17);
        }
        assertThat(number("SELECT COUNT(*) FROM block")).isEqualTo(blocks);

        ReadProbe killed = store.readProbe(64, 1 << 20);
        killed.read(64);
        // One that has only just begun may be at work still.
        store.readProbe(64, 1 << 20).close();
        assertThat(number("SELECT COUNT(*) FROM block")).isEqualTo(blocks + 17);
        new ReadProbe(store.database(), 64, 1 << 20, 0).close();
        assertThat(number("SELECT COUNT(*) FROM block")).isEqualTo(blocks);

        store.readProbe(64, 1 << 20);
        store.collect(Retention.everything(0), false, Optional.empty());
        assertThat(number("SELECT COUNT(*) FROM block")).isEqualTo(blocks);
        assertThat(number("SELECT COUNT(*) FROM pack")).isEqualTo(packs);
        assertThat(fsck().problems()).isEmpty();
    }
}
