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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a model store does, whatever database it is on. */
abstract class ModelStoreContract extends StoreFixture {

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
    void aStoreOfAnEarlierSchemaIsBroughtUpToDate() {
        store.write(SmallModels.round(RUN, 0, 3));
        change("DROP INDEX version_fields");
        change("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '3'");
        reopen();
        assertThat(number("SELECT COUNT(*) FROM \"flyway_schema_history\" WHERE \"version\" = '3'"))
                .isEqualTo(1);
        assertThat(store.list(RUN, VersionQuery.all().atLeast(VersionField.EXAMPLES, 0)))
                .hasSize(3);
        assertThat(fsck().clean()).isTrue();
    }

    /** More than are looked through in one go. */
    @Test
    void theFirstOfVeryManyAreListedAndAllAreCounted() {
        int devices = 20_100;
        store.write(SmallModels.round(RUN, 0, devices));
        VersionQuery trained = VersionQuery.all().atLeast(VersionField.EXAMPLES, 0);
        VersionPage first = store.page(RUN, trained.page(2, 1));
        assertThat(first.total()).isEqualTo(devices);
        assertThat(keys(first.versions())).containsExactly("1@0", "2@0");
        VersionPage last = store.page(RUN, trained.by(VersionField.KEY, true).page(1, 0));
        assertThat(keys(last.versions())).containsExactly(devices - 1 + "@0");
        assertThat(store.page(RUN, trained.by(VersionField.DEVICE, true).page(1, 0)))
                .isEqualTo(last);
    }
}
