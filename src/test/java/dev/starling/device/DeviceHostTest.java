package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.aggregate.PartialSum;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.SimTime;
import dev.starling.model.Delta;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceHostTest {

    private static final RoundKey ROUND = new RoundKey(1, 1);
    private static final Work WORK = new Work(1, 0, 1000, new SimTime(0));

    private final SmallFleet fleet = SmallFleet.with("");
    private final DeviceHost host = fleet.host();
    private final BaseModel base = fleet.base(host);

    @AfterEach
    void close() {
        host.close();
    }

    private static PersonalModel trained(@Nullable PersonalModel model) {
        return Objects.requireNonNull(model, "the device did not train");
    }

    private PartialSum close(RoundKey round) {
        return Objects.requireNonNull(host.folds().of(round)).close();
    }

    @Test
    void theFoldHoldsWhatTheDeviceLearnt() {
        PersonalModel model = trained(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base));

        assertThat(model.weights()).isNotEqualTo(base.weights());
        assertThat(model.work()).isEqualTo(WORK);
        // 20 examples less the 4 held back: 16 in batches of 5 are 4 steps, twice.
        assertThat(model.result().steps()).isEqualTo(8);
        PartialSum sum = close(ROUND);
        assertThat(sum.totals().devices()).containsExactly(3);
        assertThat(sum.totals().steps()).isEqualTo(8);
        Delta expected = Delta.between(model.weights(), base.weights());
        Delta folded = sum.sum().toDelta();
        for (int i = 0; i < expected.count(); i++) {
            // A delta is float32, as a phone would send it; half a unit of the fixed point, times four.
            assertThat(4 * folded.get(i)).isCloseTo((float) expected.get(i), within(0x1p-38));
        }
    }

    @Test
    void workIsDoneOncePerRoundAndAttempt() {
        trained(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base));
        assertThat(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base))
                .isNull();
        assertThat(host.figures().deltasFolded()).isEqualTo(1);
        trained(SmallFleet.contribute(host, 3, new RoundKey(1, 2), 0.25, WORK, base, base));
    }

    @Test
    void aRoundThatIsOverTakesNoMoreWork() {
        trained(SmallFleet.contribute(
                host, 3, new RoundKey(2, 1), 0.25, new Work(2, 0, 1000, new SimTime(0)), base, base));
        assertThat(SmallFleet.contribute(host, 4, ROUND, 0.25, WORK, base, base))
                .isNull();
        assertThat(host.figures().deltasFolded()).isEqualTo(1);
    }

    @Test
    void aRoundWhoseSumIsHandedInTakesNoMoreWork() {
        trained(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base));
        Objects.requireNonNull(host.folds().of(ROUND)).close();
        assertThat(SmallFleet.contribute(host, 4, ROUND, 0.25, WORK, base, base))
                .isNull();
        assertThat(host.figures().deltasFolded()).isEqualTo(1);
        trained(SmallFleet.contribute(host, 4, new RoundKey(1, 2), 0.25, WORK, base, base));
    }

    @Test
    void aModelMadeAgainIsTheSameBitForBit() {
        PersonalModel first = trained(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base));
        trained(SmallFleet.contribute(host, 4, ROUND, 0.25, WORK, base, base));
        try (DeviceHost elsewhere = fleet.host()) {
            PersonalModel again = SmallFleet.replay(elsewhere, 3, WORK, base);
            assertThat(again.weights()).isEqualTo(first.weights());
            assertThat(again.result()).isEqualTo(first.result());
        }
    }

    @Test
    void otherWorkGivesOtherModels() {
        Snapshot model = SmallFleet.replay(host, 3, WORK, base).weights();
        assertThat(SmallFleet.replay(host, 4, WORK, base).weights()).isNotEqualTo(model);
        assertThat(SmallFleet.replay(host, 3, new Work(2, 0, 1000, new SimTime(0)), base)
                        .weights())
                .isNotEqualTo(model);
        assertThat(SmallFleet.replay(host, 3, new Work(1, 0, 1, new SimTime(0)), base)
                        .weights())
                .isNotEqualTo(model);
        BaseModel other = SmallFleet.base(1, model);
        assertThat(SmallFleet.replay(host, 3, new Work(1, 1, 1000, new SimTime(0)), other)
                        .weights())
                .isNotEqualTo(model);
    }

    @Test
    void partialWorkTakesTheStepsItWasGiven() {
        assertThat(SmallFleet.replay(host, 3, new Work(1, 0, 3, new SimTime(0)), base)
                        .result()
                        .steps())
                .isEqualTo(3);
    }

    @Test
    void aTrainingThatFailsIsRejectedWithItsReasonInsteadOfAskedForEver() {
        TensorLayout other = new TensorLayout(List.of(new TensorSpec("other", List.of(3))));
        BaseModel misfit = SmallFleet.base(9, Snapshot.of(other, new float[3]));

        assertThat(SmallFleet.contribute(host, 3, ROUND, 0.25, new Work(1, 9, 1000, new SimTime(0)), misfit, misfit))
                .isNull();

        PartialSum sum = close(ROUND);
        assertThat(sum.totals().devices()).isEmpty();
        assertThat(sum.totals().rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.device()).isEqualTo(3);
            assertThat(rejection.reason()).startsWith("local training failed");
        });
    }

    @Test
    void aDivergedTrainingIsRejectedNotCounted() {
        float[] huge = base.weights().toFloats();
        Arrays.fill(huge, 1e38f);
        BaseModel wild = SmallFleet.base(9, Snapshot.of(host.architecture().layout(), huge));
        SmallFleet.contribute(host, 3, ROUND, 0.25, new Work(1, 9, 1000, new SimTime(0)), wild, wild);
        PartialSum sum = close(ROUND);
        assertThat(sum.totals().devices()).isEmpty();
        assertThat(sum.totals().rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.device()).isEqualTo(3);
            assertThat(rejection.reason()).isNotBlank();
        });
    }

    @Test
    void partsOfAnEvaluationAddUpToTheWhole() {
        var test = host.data().test();
        Evaluation whole = host.evaluate(base.weights(), test);
        assertThat(whole.examples()).isEqualTo(40);
        Evaluation parts = host.evaluate(base.weights(), test, 0, 13).plus(host.evaluate(base.weights(), test, 13, 40));
        assertThat(parts.correct()).isEqualTo(whole.correct());
        assertThat(parts.lossSum()).isCloseTo(whole.lossSum(), within(1e-4));
        assertThat(host.evaluate(base.weights(), test, 5, 5)).isEqualTo(Evaluation.NONE);
    }

    @Test
    void tasksAreCountedInAndOut() {
        trained(SmallFleet.contribute(host, 3, ROUND, 0.25, WORK, base, base));
        assertThat(host.figures().tasksRunning()).isZero();
        assertThat(host.figures().tasksQueued()).isZero();
        assertThat(host.figures().localSteps()).isEqualTo(8);
        assertThat(host.figures().examplesTrained()).isEqualTo(32);
    }
}
