package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.algorithm.ServerOptimizer;
import dev.starling.algorithm.Weighing;
import dev.starling.base.Bytes;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.device.BaseModel;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.fleet.Tiers;
import dev.starling.fleet.Workload;
import dev.starling.metrics.CloudBytes;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.form.QuickCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Models of one parameter, in two regions: means can be done by hand. */
class HierarchyTest {

    private static final TensorLayout ONE = new TensorLayout(List.of(new TensorSpec("w", List.of(1))));
    private static final Workload WORKLOAD = new Workload(100, 10, 1, 1, 1, false);

    private final Tiers tiers = tiers(3);
    private final Hierarchy hierarchy = new Hierarchy(tiers, Weighing.BY_EXAMPLES, Snapshot.of(ONE, new float[] {1}));
    private final int east = deviceOf(0);
    private final int west = deviceOf(1);
    private int round;

    private static Tiers tiers(int regionalRounds) {
        Scenario scenario = ScenarioReader.parse(
                "fleet.regions { east.share = 0.5, west.share = 0.5 }, rounds.tiers.regional-rounds = "
                        + regionalRounds,
                "test.conf");
        return Tiers.of(scenario.fleet(), scenario.rounds(), new Seeds(scenario.seed()));
    }

    private int deviceOf(int region) {
        int device = 0;
        while (tiers.regionOf(device) != region) {
            device++;
        }
        return device;
    }

    private RoundPlan plan(int eastExamples, int westExamples) {
        List<Assignment> reporters = new ArrayList<>();
        if (eastExamples > 0) {
            reporters.add(new Assignment(east, eastExamples, 1, new SimTime(0)));
        }
        if (westExamples > 0) {
            reporters.add(new Assignment(west, westExamples, 1, new SimTime(0)));
        }
        round++;
        return RoundPlan.instant(round, new SimTime(0), List.of(east, west), reporters);
    }

    /** The sums of both regions as nodes would fold them, and a change of each region. */
    private static RoundSum sum(RoundPlan plan, Tiers tiers, float eastDelta, float westDelta, Integer... rejected) {
        double[] parts = new double[2];
        List<Integer> counted = new ArrayList<>();
        for (Assignment reporter : plan.reporters()) {
            if (!List.of(rejected).contains(reporter.device())) {
                int region = tiers.regionOf(reporter.device());
                parts[region] +=
                        (region == 0 ? eastDelta : westDelta) * (double) reporter.examples() / plan.totalExamples();
                counted.add(reporter.device());
            }
        }
        long[] units = Arrays.stream(parts)
                .mapToLong(part -> Math.round(part * 0x1p40))
                .toArray();
        ExactSum sum = new ExactSum(2);
        sum.addBytes(0, 2, Bytes.owning(QuickCodec.encode(units, 0, 2)));
        List<Rejection> rejections = List.of(rejected).stream()
                .map(device -> new Rejection(device, "test"))
                .toList();
        return new RoundSum(sum, new FoldTotals(counted, rejections, ExactScalar.ZERO, ExactScalar.ZERO, 1, 1));
    }

    private void commit(RoundPlan plan, RoundSum sum, double countedShare) {
        Bases next = hierarchy.next(plan, sum, countedShare, 1, ServerOptimizer.of(ServerSettings.AVERAGING), false);
        hierarchy.commit(plan, sum.rejected(), next, false);
    }

    private void round(int eastExamples, float eastDelta, int westExamples, float westDelta) {
        RoundPlan plan = plan(eastExamples, westExamples);
        commit(plan, sum(plan, tiers, eastDelta, westDelta), 1);
    }

    private static float value(BaseModel base) {
        return base.weights().toFloats()[0];
    }

    private List<Float> regional() {
        return hierarchy.bases().regional().stream().map(HierarchyTest::value).toList();
    }

    @Test
    void reportsMoveTheBaseOfTheirRegionOnly() {
        round(30, 2, 10, -1);
        assertThat(regional()).containsExactly(3f, 0f);
        assertThat(value(hierarchy.bases().global())).isCloseTo((30 * 3f + 10 * 0f) / 40, within(1e-6f));
        assertThat(value(hierarchy.bases().merged())).isEqualTo(1);
    }

    @Test
    void everyVersionHasANumberOfItsOwnAndTheGlobalOneIsTheNewest() {
        round(30, 2, 10, -1);
        assertThat(hierarchy.bases().versions()).extracting(BaseModel::version).containsExactly(1, 2, 3);
        assertThat(hierarchy.bases().global().version()).isEqualTo(3);
        assertThat(hierarchy.version(east)).isEqualTo(1);
        assertThat(hierarchy.version(west)).isEqualTo(2);
    }

    @Test
    void aRegionWithoutReportersStaysWhereItIs() {
        round(30, 2, 0, 0);
        assertThat(hierarchy.version(west)).isZero();
        assertThat(regional()).containsExactly(3f, 1f);
        assertThat(value(hierarchy.bases().global()))
                .as("who counted nothing has no part in the mean")
                .isEqualTo(3);
    }

    @Test
    void everyThirdRoundMergesByTheExamplesSinceTheLast() {
        round(30, 2, 10, -1); // east 3, west 0
        round(0, 0, 20, 4); // west 4
        round(10, -1, 30, 1); // east 2, west 5; 40 examples against 60
        assertThat(value(hierarchy.bases().global())).isCloseTo((40 * 2f + 60 * 5f) / 100, within(1e-6f));
        assertThat(hierarchy.bases().versions()).hasSize(1);
        round(10, 1, 10, 0);
        assertThat(regional()).as("both start from there").containsExactly(4.8f, 3.8f);
    }

    @Test
    void whatBothRegionsWouldAgreeOnIsWhatAMergeGives() {
        Random random = new Random(5);
        Hierarchy merging = new Hierarchy(tiers, Weighing.BY_EXAMPLES, Snapshot.of(ONE, new float[] {1}));
        for (int i = 1; i <= 2; i++) {
            RoundPlan plan = plan(1 + random.nextInt(50), 1 + random.nextInt(50));
            RoundSum sum = sum(plan, tiers, random.nextFloat(), random.nextFloat());
            commit(plan, sum, 1);
            boolean last = i == 2;
            Bases next = merging.next(plan, sum, 1, 1, ServerOptimizer.of(ServerSettings.AVERAGING), last);
            merging.commit(plan, Set.of(), next, last);
        }
        assertThat(merging.bases().versions()).as("the last round merges").hasSize(1);
        assertThat(hierarchy.bases().versions()).hasSize(3);
        assertThat(value(merging.bases().global()))
                .isCloseTo(value(hierarchy.bases().global()), within(1e-6f));
    }

    @Test
    void rejectedReportsHaveNoWeightInTheMerge() {
        RoundPlan plan = plan(30, 10);
        commit(plan, sum(plan, tiers, 2, -1, east), 0.25);
        assertThat(regional()).containsExactly(1f, 0f);
        round(10, 1, 10, 1);
        round(10, 1, 10, 1);
        assertThat(value(hierarchy.bases().global())).isCloseTo((20 * 3f + 30 * 2f) / 50, within(1e-6f));
    }

    @Test
    void weightsOfTheRegionsSumToOne() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int regions = 1 + random.nextInt(12);
            RegionCounts counts = RegionCounts.none(regions);
            for (int rounds = 1 + random.nextInt(9); rounds > 0; rounds--) {
                counts = counts.plus(random.longs(regions, 0, 1 << 20).boxed().toList());
            }
            double sum = 0;
            for (int region = 0; region < regions; region++) {
                assertThat(counts.weight(region)).isBetween(0.0, 1.0);
                sum += counts.weight(region);
            }
            assertThat(sum).as("seed %d", seed).isCloseTo(1, within(1e-12));
        }
    }

    /** So that a merge never scales what the fleet learnt: if all change by one, so does the base. */
    @Test
    void aChangeThatAllShareIsTheChangeOfTheMerge() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Hierarchy of = new Hierarchy(tiers, Weighing.BY_EXAMPLES, Snapshot.of(ONE, new float[] {0}));
            for (int i = 1; i <= 3; i++) {
                round = i - 1;
                RoundPlan plan = plan(1 + random.nextInt(1000), 1 + random.nextInt(1000));
                RoundSum sum = sum(plan, tiers, 1, 1);
                Bases next = of.next(plan, sum, 1, 1, ServerOptimizer.of(ServerSettings.AVERAGING), false);
                of.commit(plan, Set.of(), next, false);
                assertThat(value(of.bases().global())).as("seed %d", seed).isCloseTo(i, within(1e-6f));
            }
        }
    }

    @Test
    void theCloudIsOnlySentWhatIsMerged() {
        List<CloudBytes> bytes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RoundPlan plan = plan(10, i == 5 ? 10 : 0);
            bytes.add(hierarchy.cloudBytes(plan, Set.of(), true, false, WORKLOAD));
            commit(plan, sum(plan, tiers, 1, 1), 1);
        }
        CloudBytes nothing = new CloudBytes(0, 0);
        assertThat(bytes)
                .containsExactly(
                        new CloudBytes(200, 0),
                        nothing,
                        new CloudBytes(200, 100),
                        nothing,
                        nothing,
                        new CloudBytes(200, 200));
    }

    @Test
    void aRoundThatCountsForNothingIsNoStepTowardsTheMerge() {
        round(10, 1, 10, 1);
        round(10, 1, 10, 1);
        RoundPlan abandoned = plan(0, 0);
        assertThat(hierarchy.cloudBytes(abandoned, Set.of(), false, false, WORKLOAD))
                .isEqualTo(new CloudBytes(0, 0));
        assertThat(hierarchy.bases().versions()).hasSize(3);
        round(10, 1, 10, 1);
        assertThat(hierarchy.bases().versions()).hasSize(1);
    }
}
