package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.data.FederatedData;
import dev.starling.fleet.Tiers;
import dev.starling.metrics.CloudBytes;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Examples;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hierarchical training with real actors, against plain double arithmetic and against itself without tiers. */
class TiersTest {

    private static final int DEVICES = 200;

    /** Every device takes part in every round with its full batch, as in the paper. */
    private static final String FULL = """
            data {
              directory = src/test/resources/parity
              source { kind = npz, file = data.npz }
              partition.kind = from-file
              hold-back = 0
            }
            model { network = logistic, init-from = init.npz }
            local { epochs = 2, batch = full, learning-rate = 0.05 }
            evaluate-devices = false
            fleet.devices = 200
            fleet.regions { east.share = 0.7, west.share = 0.3 }
            rounds { max = 7, cohort = all, tiers.regional-rounds = 3 }
            """;

    private static final String COHORTS = """
            seed = 7
            data {
              source { kind = glyphs, train-examples = 600, test-examples = 100 }
              partition { kind = log-normal, smallest = 5 }
              hold-back = 0.2
              bias.region.strength = 0.5
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 7, learning-rate = 0.05, momentum = 0.5 }
            fleet.devices = 20
            fleet.classes { slow { share = 0.5, drop-out = 0.2 }, fast { share = 0.5, flops-per-second = 1e10 } }
            fleet.availability.kind = daily
            fleet.regions { east.share = 0.5, north.share = 0.3, west.share = 0.2 }
            rounds { max = 7, cohort = 4, over-selection = 1.5 }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    /**
     * HierFAVG written down: two steps of gradient descent on each device, the mean of each region after every round,
     * the mean of the regions after rounds 3 and 6, and after 7, which is the last. An algorithm that gives every
     * device one vote has it count so in the regions, and the regions by their votes.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "algorithm { kind = custom, class = org.example.OneVote }"})
    void threeRoundsInTheRegionsAndThenOneBaseAgreeWithPlainArithmetic(String algorithm) {
        String text = FULL + algorithm;
        Scenario scenario = ScenarioReader.parse(text, "tiers.conf");
        Tiers tiers = Tiers.of(scenario.fleet(), scenario.rounds(), new Seeds(scenario.seed()));
        FederatedData data = SoftmaxRegression.data(scenario);
        double[] initial = SoftmaxRegression.initial(scenario, data);
        double[][] regions = {initial.clone(), initial.clone()};
        double[] examples = new double[2];
        for (int round = 1; round <= 7; round++) {
            double[][] sums = new double[2][initial.length];
            double[] counted = new double[2];
            for (int device = 0; device < DEVICES; device++) {
                int region = tiers.regionOf(device);
                Examples own = data.training(device);
                double weight = algorithm.isEmpty() ? own.count() : 1;
                double[] model = regions[region].clone();
                for (int step = 0; step < 2; step++) {
                    double[] gradient = new double[model.length];
                    SoftmaxRegression.addGradient(model, own, 0, own.count(), gradient);
                    for (int i = 0; i < model.length; i++) {
                        model[i] -= 0.05 * gradient[i] / own.count();
                    }
                }
                for (int i = 0; i < model.length; i++) {
                    sums[region][i] += weight * model[i];
                }
                counted[region] += weight;
            }
            for (int region = 0; region < 2; region++) {
                for (int i = 0; i < initial.length; i++) {
                    regions[region][i] = sums[region][i] / counted[region];
                }
                examples[region] += counted[region];
            }
            if (round == 3 || round == 6 || round == 7) {
                for (int i = 0; i < initial.length; i++) {
                    double mean =
                            (examples[0] * regions[0][i] + examples[1] * regions[1][i]) / (examples[0] + examples[1]);
                    regions[0][i] = mean;
                    regions[1][i] = mean;
                }
                examples = new double[2];
            }
        }

        Run run = FleetInOneJvm.run(text, 2, directory);

        double[] found = SoftmaxRegression.doubles(run.outcome().base().toFloats());
        assertThat(found).containsExactly(regions[0], within(1e-5));
        assertThat(largestGap(found, initial)).isGreaterThan(0.01);
        assertThat(largestGap(
                        found,
                        SoftmaxRegression.doubles(FleetInOneJvm.run(
                                        FULL + "rounds.tiers.regional-rounds = 1", 2, directory.resolve("flat"))
                                .outcome()
                                .base()
                                .toFloats())))
                .as("tiers make a difference that the comparison above can see")
                .isGreaterThan(1e-4);
    }

    private static double largestGap(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(at -> Math.abs(one[at] - other[at]))
                .max()
                .orElseThrow();
    }

    @ParameterizedTest(name = "server {0}")
    @ValueSource(strings = {"sgd", "adam, learning-rate = 0.05"})
    void mergingAfterEveryRoundIsTrainingWithoutTiersBitForBit(String server) {
        String scenario = COHORTS + "algorithm.server { kind = " + server + " }\n";
        Run flat = FleetInOneJvm.run(scenario + "rounds.tiers.regional-rounds = none", 2, directory.resolve("flat"));
        Run tiered = FleetInOneJvm.run(scenario + "rounds.tiers.regional-rounds = 1", 2, directory);

        assertThat(tiered.root()).isEqualTo(flat.root());
        assertThat(tiered.outcome().devices()).isEqualTo(flat.outcome().devices());
        assertThat(tiered.rounds())
                .allSatisfy(round -> assertThat(round.reported()).isPositive());
    }

    /** With two devices alive, personal models are made again from the versions of their regions. */
    @Test
    void threadsAndLostDevicesDoNotMatter() {
        String scenario = COHORTS + "rounds.tiers.regional-rounds = 3";
        Run reference = FleetInOneJvm.run(scenario, 2, directory.resolve("two"));
        Run one = FleetInOneJvm.run(scenario, 1, directory.resolve("one"));
        Run few = FleetInOneJvm.withFewLiveDevices(2, scenario, 2, directory.resolve("few"));

        for (Run run : new Run[] {one, few}) {
            assertThat(run.root()).isEqualTo(reference.root());
            assertThat(run.outcome().devices()).isEqualTo(reference.outcome().devices());
            assertThat(run.rounds())
                    .extracting(RoundRecord::evaluation)
                    .isEqualTo(reference.rounds().stream()
                            .map(RoundRecord::evaluation)
                            .toList());
        }
        assertThat(reference.outcome().devices())
                .as("devices worked from versions of regions")
                .anySatisfy(device -> assertThat(device.lastVersion())
                        .isBetween(1, reference.outcome().version() - 1));
    }

    @Test
    void theCloudSeesOnlyMerges() {
        Run run = FleetInOneJvm.run(COHORTS + "rounds.tiers.regional-rounds = 3", 2, directory);
        long model = run.rounds().get(0).cloud().down() / 3;
        assertThat(model).isPositive();
        assertThat(run.rounds())
                .extracting(round -> round.cloud().down() / model)
                .containsExactly(3L, 0L, 3L, 0L, 0L, 3L, 3L);
        assertThat(run.rounds())
                .extracting(RoundRecord::cloud)
                .filteredOn(cloud -> cloud.up() == 0)
                .as("regions send theirs when they are merged")
                .hasSize(4);
        assertThat(run.rounds())
                .filteredOn(round -> round.round() == 3)
                .extracting(RoundRecord::cloud)
                .extracting(CloudBytes::up)
                .allSatisfy(up -> assertThat(up).isLessThanOrEqualTo(3 * model).isPositive());
        assertThat(run.rounds())
                .allSatisfy(round -> assertThat(round.upBytes())
                        .as("devices report to their region all the same")
                        .isPositive());
    }
}
