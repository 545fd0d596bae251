package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import dev.starling.algorithm.Algorithms;
import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.device.FleetSurroundings;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Architecture;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FederatedRunTest {

    private static final Measured NO_TIME = new Measured(0, 0, 0);

    private static final String FLEET = """
            data { source { kind = glyphs, train-examples = 300, test-examples = 10 }, hold-back = 0 }
            data.partition { kind = log-normal, smallest = 5 }
            local { batch = 5, learning-rate = 0.1 }
            fleet.devices = 10
            rounds { max = 4, cohort = 5, pause = 1 minute }
            """;

    private static FederatedRun run(String settings) {
        Scenario scenario = ScenarioReader.parse(FLEET + settings, "test.conf");
        RawData raw = DataLoader.load(scenario.data(), 10, new Seeds(scenario.seed()));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        Architecture architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        Snapshot zero = Snapshot.of(
                architecture.layout(), new float[architecture.layout().count()]);
        DeviceViews views =
                FleetSurroundings.views(scenario, data, new Fleet(scenario.fleet(), new Seeds(scenario.seed())));
        return new FederatedRun(scenario, views, architecture, architecture, Algorithms.of(scenario.algorithm()), zero);
    }

    /** A sum in which every counted device changed every parameter by 1, times its weight. */
    private static RoundSum onesFrom(FederatedRun run, RoundPlan plan, Integer... rejected) {
        ExactSum sum = new ExactSum(run.bases().global().weights().layout().count());
        float[] ones = new float[sum.count()];
        Arrays.fill(ones, 1);
        List<Integer> counted = plan.reporters().stream()
                .filter(reporter -> !Arrays.asList(rejected).contains(reporter.device()))
                .peek(reporter -> assertThat(sum.add(run.weight(plan, reporter), FloatBuffer.wrap(ones)))
                        .isEmpty())
                .map(Assignment::device)
                .toList();
        List<Rejection> rejections = Arrays.stream(rejected)
                .map(device -> new Rejection(device, "test"))
                .toList();
        return new RoundSum(
                sum, new FoldTotals(counted, rejections, ExactScalar.ZERO.plus(6), ExactScalar.ZERO.plus(4), 7, 12));
    }

    private static RoundRecord commit(FederatedRun run, RoundPlan plan, RoundSum sum, Optional<Evaluation> evaluation) {
        return run.commit(plan, sum, run.next(plan, sum), evaluation, NO_TIME);
    }

    private static Evaluation accuracy(int percent) {
        return new Evaluation(100, 100, percent, 0, 0);
    }

    @Test
    void weightsAreSharesOfTheExamples() {
        FederatedRun run = run("");
        RoundPlan plan = run.plan();
        assertThat(plan.reporters()).hasSize(5);
        assertThat(plan.reporters()).extracting(Assignment::examples).doesNotHaveDuplicates();
        double sum = 0;
        for (Assignment reporter : plan.reporters()) {
            assertThat(run.weight(plan, reporter))
                    .isCloseTo((double) reporter.examples() / plan.totalExamples(), within(1e-15));
            sum += run.weight(plan, reporter);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void inDataParallelTrainingEveryDeviceWeighsTheSame() {
        FederatedRun run = run("algorithm.kind = data-parallel, rounds.cohort = all");
        RoundPlan plan = run.plan();
        assertThat(plan.reporters()).allSatisfy(reporter -> {
            assertThat(run.weight(plan, reporter)).isEqualTo(0.1);
            assertThat(reporter.steps()).isEqualTo(1);
        });
    }

    @Test
    void theNextBaseIsTheBasePlusTheMeanDelta() {
        FederatedRun run = run("");
        RoundPlan plan = run.plan();
        RoundRecord record = commit(run, plan, onesFrom(run, plan), Optional.empty());

        assertThat(run.bases().global().weights().toFloats()).containsOnly(new float[] {1f}, within(1e-6f));
        assertThat(run.version()).isEqualTo(1);
        assertThat(run.round()).isEqualTo(1);
        assertThat(record.abandoned()).isFalse();
        assertThat(record.reported()).isEqualTo(5);
        assertThat(record.trainLoss()).isEqualTo(0.5);
        assertThat(record.deltaNorm())
                .isCloseTo(Math.sqrt(run.bases().global().weights().layout().count()), within(1e-3));
    }

    @Test
    void theShareOfRejectedDevicesGoesToTheOthers() {
        FederatedRun run = run("");
        RoundPlan plan = run.plan();
        int rejected = plan.reporters().get(1).device();
        RoundRecord record = commit(run, plan, onesFrom(run, plan, rejected), Optional.empty());

        assertThat(run.bases().global().weights().toFloats()).containsOnly(new float[] {1f}, within(1e-6f));
        assertThat(record.reported()).isEqualTo(4);
        assertThat(record.rejected()).isEqualTo(1);
        assertThat(record.rejections()).containsExactly(new FailedDevices("test", rejected, 1));
        assertThat(run.ledger().of(rejected).reported()).isZero();
        assertThat(run.ledger().of(rejected).asked()).isEqualTo(1);
    }

    @Test
    void ifAllAreRejectedTheBaseStays() {
        FederatedRun run = run("");
        RoundPlan plan = run.plan();
        Integer[] all = plan.reporters().stream().map(Assignment::device).toArray(Integer[]::new);
        RoundRecord record = commit(run, plan, onesFrom(run, plan, all), Optional.empty());

        assertThat(run.bases().global().weights().toFloats()).containsOnly(0f);
        assertThat(run.version()).isZero();
        assertThat(run.round()).isEqualTo(1);
        assertThat(record.abandoned()).isTrue();
    }

    @Test
    void meanGradientsBecomeAStepOfTheLearningRate() {
        FederatedRun run = run("algorithm.kind = data-parallel, rounds.cohort = all");
        RoundPlan plan = run.plan();
        assertThat(run.next(plan, onesFrom(run, plan)).global().weights().toFloats())
                .containsOnly(new float[] {-0.1f}, within(1e-7f));
        int rejected = plan.reporters().get(0).device();
        assertThat(run.next(plan, onesFrom(run, plan, rejected))
                        .global()
                        .weights()
                        .toFloats())
                .containsOnly(new float[] {-0.1f}, within(1e-7f));
        assertThat(commit(run, plan, onesFrom(run, plan), Optional.empty()).trainLoss())
                .as("mean over devices, not examples")
                .isEqualTo(0.4);
    }

    @Test
    void anAbandonedRoundMovesFleetTimeOnly() {
        FederatedRun run = run("rounds { deadline = 1 milliseconds, minimum-reports = 5 }");
        RoundPlan plan = run.plan();
        assertThat(plan.abandoned()).isTrue();
        RoundRecord record = commit(run, plan, RoundSum.empty(), Optional.empty());

        assertThat(record.abandoned()).isTrue();
        assertThat(record.version()).isZero();
        assertThat(record.downBytes()).as("wasted, but billed").isPositive();
        assertThat(record.deltaNorm()).isZero();
        assertThat(run.round()).isEqualTo(1);
        assertThat(run.version()).isZero();
        assertThat(run.plan().opens()).isGreaterThan(plan.opens());
    }

    @Test
    void theNextRoundOpensAfterThePause() {
        FederatedRun run = run("");
        RoundPlan plan = run.plan();
        commit(run, plan, onesFrom(run, plan), Optional.empty());
        assertThat(run.plan().round()).isEqualTo(2);
        assertThat(run.plan().opens()).isEqualTo(plan.closes().plusMillis(60_000));
    }

    @Test
    void theFirstEvaluationThatReachesTheTargetEndsTheRun() {
        FederatedRun run = run("rounds.target.value = 0.5");
        for (int percent : new int[] {49, 50}) {
            assertThat(run.finished()).isFalse();
            RoundPlan plan = run.plan();
            commit(run, plan, onesFrom(run, plan), Optional.of(accuracy(percent)));
        }
        assertThat(run.targetReachedAt()).hasValue(2);
        assertThat(run.finished()).isTrue();
    }

    @Test
    void aTargetThatDoesNotStopIsNotedOnce() {
        FederatedRun run = run("rounds.target { value = 1.0, metric = loss, stop = false }");
        for (int i = 0; i < 3; i++) {
            RoundPlan plan = run.plan();
            commit(run, plan, onesFrom(run, plan), Optional.of(accuracy(10)));
        }
        assertThat(run.targetReachedAt()).as("a loss of 1").hasValue(1);
        assertThat(run.finished()).isFalse();
        RoundPlan plan = run.plan();
        commit(run, plan, onesFrom(run, plan), Optional.empty());
        assertThat(run.finished()).as("after the last round").isTrue();
    }

    @Test
    void theLastRoundIsAlwaysEvaluated() {
        FederatedRun run = run("rounds.evaluate-every = 3");
        boolean[] due = new boolean[4];
        for (int i = 0; i < 4; i++) {
            due[i] = run.evaluationDue();
            RoundPlan plan = run.plan();
            commit(run, plan, onesFrom(run, plan), Optional.empty());
        }
        assertThat(due).containsExactly(false, false, true, true);
    }

    @Test
    void aRehearsalTakesTheSameFleetTimeAsTheRun() {
        FederatedRun real = run("");
        FederatedRun rehearsed = run("");
        for (int i = 0; i < 4; i++) {
            RoundPlan plan = real.plan();
            RoundRecord here = commit(real, plan, onesFrom(real, plan), Optional.empty());
            RoundRecord there = rehearsed.rehearse(rehearsed.plan(), () -> NO_TIME);
            assertThat(there.closes()).isEqualTo(here.closes());
            assertThat(there.upBytes()).isEqualTo(here.upBytes());
            assertThat(there.downBytes()).isEqualTo(here.downBytes());
            assertThat(there.reported()).isEqualTo(here.reported());
        }
        assertThat(rehearsed.finished()).isTrue();
    }
}
