package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.SimTime;
import dev.starling.device.Work.Task;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What works do to models, on one real host. */
class ModelMakerTest {

    private static final int DEVICE = 3;
    private static final int ALL_STEPS = 1000;

    private static Work work(int round, int version, Task task) {
        return new Work(round, version, ALL_STEPS, new SimTime(round * 1000L), task);
    }

    /** A host with base 0 and a different base 1. */
    private static final class Bench implements AutoCloseable {
        private final DeviceHost host;
        private final BaseModel first;
        private final BaseModel second;

        Bench(String settings) {
            SmallFleet fleet = SmallFleet.with(settings);
            host = fleet.host();
            first = fleet.base(host);
            float[] moved = first.weights().toFloats();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += 0.001f * (i % 7);
            }
            second = SmallFleet.base(1, Snapshot.of(first.weights().layout(), moved));
        }

        PersonalModel make(@Nullable PersonalModel held, Work... works) {
            return host.make(DEVICE, new Lineage(List.of(works)), Map.of(0, first, 1, second), held);
        }

        @Override
        public void close() {
            host.close();
        }
    }

    @Test
    void aSessionGoesOnFromTheDevicesOwnModel() {
        try (Bench bench = new Bench("personal.sessions = 2")) {
            Work federated = work(1, 0, Task.FEDERATED);
            Work session = work(2, 0, Task.PERSONAL);
            PersonalModel trained = bench.make(null, federated);
            PersonalModel personal = bench.make(trained, federated, session);

            assertThat(personal.weights()).isNotEqualTo(trained.weights());
            assertThat(personal.weights())
                    .isNotEqualTo(bench.make(null, session).weights());
            assertThat(personal.result().steps()).isEqualTo(8);
        }
    }

    @Test
    void aModelIsMadeAgainFromItsWholeLineage() {
        Work[] works = {
            work(1, 0, Task.FEDERATED), work(2, 0, Task.PERSONAL), work(3, 1, Task.REBASE), work(4, 1, Task.PERSONAL)
        };
        PersonalModel model = null;
        try (Bench bench = new Bench("personal { sessions = 2, momentum = 0.9, keep-momentum = true }")) {
            for (int i = 1; i <= works.length; i++) {
                model = bench.make(model, List.of(works).subList(0, i).toArray(new Work[0]));
            }
        }
        try (Bench elsewhere = new Bench("personal { sessions = 2, momentum = 0.9, keep-momentum = true }")) {
            assertThat(elsewhere.make(null, works)).isEqualTo(model);
            PersonalModel other = elsewhere.make(null, work(7, 0, Task.FEDERATED));
            assertThat(elsewhere.make(other, works)).isEqualTo(model);
        }
    }

    @Test
    void theHeadAloneChangesIfOnlyTheHeadIsTrained() {
        try (Bench bench = new Bench("personal { sessions = 1, train = head }")) {
            PersonalModel model = bench.make(null, work(1, 0, Task.PERSONAL));
            float[] before = bench.first.weights().toFloats();
            float[] after = model.weights().toFloats();
            int head = bench.first.weights().layout().offset(2);
            int changed = 0;
            for (int i = 0; i < before.length; i++) {
                if (i < head) {
                    assertThat(after[i]).isEqualTo(before[i]);
                } else if (after[i] != before[i]) {
                    changed++;
                }
            }
            assertThat(changed).isGreaterThan((before.length - head) / 2);
        }
    }

    @Test
    void listedLayersAreTrainedAndNoOthers() {
        try (Bench bench = new Bench("personal { sessions = 1, train = [0] }")) {
            float[] before = bench.first.weights().toFloats();
            float[] after =
                    bench.make(null, work(1, 0, Task.PERSONAL)).weights().toFloats();
            int head = bench.first.weights().layout().offset(2);
            for (int i = head; i < before.length; i++) {
                assertThat(after[i]).isEqualTo(before[i]);
            }
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void sessionsThatKeepMomentumAreOneLongTraining() {
        String common =
                "local { momentum = 0.9, shuffle = false }\npersonal { sessions = 2, keep-momentum = true, epochs = ";
        Work first = work(1, 0, Task.PERSONAL);
        Work second = work(2, 0, Task.PERSONAL);
        try (Bench twice = new Bench(common + "1 }");
                Bench once = new Bench(common + "2 }");
                Bench forgetful = new Bench(common.replace("true", "false") + "1 }")) {
            Snapshot whole = once.make(null, first).weights();
            assertThat(twice.make(null, first, second).weights()).isEqualTo(whole);
            assertThat(forgetful.make(null, first, second).weights()).isNotEqualTo(whole);
        }
    }

    @Test
    void aModelThatIsKeptKeepsItsMomentum() {
        Work first = work(1, 0, Task.PERSONAL);
        Work kept = work(2, 0, Task.KEEP);
        Work second = work(3, 0, Task.PERSONAL);
        try (Bench bench = new Bench("personal { sessions = 2, momentum = 0.9, keep-momentum = true }")) {
            assertThat(bench.make(null, first, kept, second).weights())
                    .isEqualTo(bench.make(null, first, second).weights());
        }
    }

    @Test
    void anUpdateReplacesKeepsOrRebasesTheModel() {
        try (Bench bench = new Bench("personal.sessions = 1")) {
            Work federated = work(1, 0, Task.FEDERATED);
            PersonalModel own = bench.make(null, federated);

            assertThat(bench.make(own, federated, work(2, 1, Task.KEEP)).weights())
                    .isEqualTo(own.weights());
            assertThat(bench.make(null, work(2, 1, Task.REPLACE)).weights()).isEqualTo(bench.second.weights());
            float[] rebased = bench.make(own, federated, work(2, 1, Task.REBASE))
                    .weights()
                    .toFloats();
            for (int i = 0; i < rebased.length; i++) {
                double learnt = (double) own.weights().toFloats()[i]
                        - bench.first.weights().toFloats()[i];
                assertThat(rebased[i])
                        .isCloseTo((float) (bench.second.weights().toFloats()[i] + learnt), within(1e-6f));
            }
            assertThat(bench.make(null, work(2, 1, Task.RETRAIN)).weights())
                    .isEqualTo(bench.make(null, work(2, 1, Task.FEDERATED)).weights());
        }
    }

    /** A variance that was 1 and became small would be subtracted from one that is small already. */
    @Test
    void aRebasedModelHasTheRunningStatisticsOfItsNewBase() {
        try (Bench bench = new Bench("model.network = null\npersonal.sessions = 1\n"
                + "model.layers = [{ type = dense, units = 8, activation = tanh }, { type = batch-norm }]")) {
            Work federated = work(1, 0, Task.FEDERATED);
            PersonalModel own = bench.make(null, federated);
            Snapshot rebased =
                    bench.make(own, federated, work(2, 1, Task.REBASE)).weights();
            TensorLayout layout = rebased.layout();
            int statistics = layout.offset(4);
            assertThat(own.weights().toFloats()[statistics])
                    .isNotEqualTo(bench.first.weights().toFloats()[statistics]);
            for (int i = statistics; i < layout.offset(6); i++) {
                assertThat(rebased.toFloats()[i])
                        .isEqualTo(bench.second.weights().toFloats()[i]);
            }
            assertThat(rebased.toFloats()[0])
                    .isNotEqualTo(bench.second.weights().toFloats()[0]);
        }
    }

    @Test
    void anUpdateIsMeasuredOnTheDevicesOwnData() {
        try (Bench bench = new Bench("personal.sessions = 1")) {
            Work federated = work(1, 0, Task.FEDERATED);
            Work update = work(2, 1, Task.REPLACE);
            PersonalModel own = bench.make(null, federated);
            var heldOut = bench.host.views().heldOut(DEVICE, update.now());
            UpdateEffect effect = bench.make(own, federated, update).update().orElseThrow();
            assertThat(effect.before()).isEqualTo(bench.host.evaluate(own.weights(), heldOut));
            assertThat(effect.version()).isEqualTo(1);
            assertThat(effect.after()).isEqualTo(bench.host.evaluate(bench.second.weights(), heldOut));
            PersonalModel later = bench.make(null, federated, update, work(3, 1, Task.PERSONAL));
            assertThat(later.update()).contains(effect);
        }
    }

    @Test
    void personalLayersGoOnWhereTheyWere() {
        String layers =
                "model.layers = [{ type = dense, units = 8 }, { type = dense, units = 10, sharing = personal }]";
        try (Bench bench = new Bench("model.network = null\n" + layers);
                Bench other = new Bench("model.network = null\n" + layers)) {
            Work first = work(1, 0, Task.FEDERATED);
            Work second = work(2, 1, Task.FEDERATED);
            PersonalModel own = bench.make(null, first);
            PersonalModel next = bench.make(own, first, second);
            Snapshot mixed = bench.host.personalTensors().keptIn(bench.second.weights(), own.weights());

            assertThat(next.lineage().works()).containsExactly(first, second);
            BaseModel asBase = SmallFleet.base(1, mixed);
            assertThat(next.weights())
                    .isEqualTo(other.host
                            .make(DEVICE, Lineage.of(second), Map.of(1, asBase), null)
                            .weights());
            assertThat(next.weights()).isNotEqualTo(bench.make(null, second).weights());
        }
    }
}
