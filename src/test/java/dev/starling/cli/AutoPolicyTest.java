package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.store.Form;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the versions of small real fleets cost in each form, counted from their records by the formula of the cost model. */
class AutoPolicyTest {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 300, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.2
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 5, learning-rate = 0.05 }
            fleet.devices = 8
            rounds { max = 3, cohort = 5 }
            personal { sessions = 4, train = head }
            evaluate-devices = false
            """;

    private static final double STORE = 60e6;
    private static final double READ = 3e-4;
    private static final double ENCODE = 110e6;
    private static final double DECODE = 300e6;
    private static final double TRAIN = 2_000;
    private static final double RECOVERIES = 0.5;
    private static final double RECIPE_BYTES = 32;

    @TempDir
    private Path directory;

    private record Cost(double predicted, double counted, Set<Form> forms) {}

    private Cost cost(String policy, double lambda) {
        Path place = directory.resolve(policy + lambda);
        Kept kept = new Kept();
        String store =
                "store { policy = " + policy + ", seconds-per-gigabyte = " + lambda + ", recoveries = " + RECOVERIES
                        + ", rates = [" + STORE + ", " + READ + ", " + ENCODE + ", " + DECODE + ", " + TRAIN + "] }";
        FleetInOneJvm.run(FLEET + store, 2, place, kept);
        Map<VersionKey, Double> recovery = new HashMap<>();
        Set<Form> forms = new TreeSet<>();
        double sum = 0;
        try (ModelStore opened =
                ModelStore.open(StoreSettings.directory(place.resolve("store")).existing())) {
            for (VersionRecord version : opened.list(opened.runs().get(0), VersionQuery.all())) {
                if (version.key().isBase()) {
                    recovery.put(version.key(), 0.0);
                } else {
                    forms.add(version.form());
                    sum += counted(version, lambda, recovery);
                }
            }
        }
        return new Cost(kept.figures.predictedCost(), sum, forms);
    }

    /** J of one version; what its recovery takes is noted for those that build on it. */
    private static double counted(VersionRecord version, double lambda, Map<VersionKey, Double> recovery) {
        boolean replay = version.form() == Form.REPLAY;
        double bytes = replay ? RECIPE_BYTES : version.bytes();
        double training = version.metrics().orElseThrow().examples() / TRAIN;
        double model = 4 * (784 * 16 + 16 + 16 * 10 + 10);
        double before = version.reference()
                .map(key -> recovery.getOrDefault(key, Double.NaN))
                .orElse(0.0);
        double recover = before + READ + bytes / STORE + (replay ? training : model / DECODE);
        recovery.put(version.key(), recover);
        double device = replay ? training * (1 + RECOVERIES) : model / ENCODE;
        return 2 * lambda * bytes / 1e9 + RECOVERIES * recover + device;
    }

    private void autoIsNoWorse(double lambda, Form... chosen) {
        Map<String, Cost> single = new HashMap<>();
        for (String policy : new String[] {"snapshot", "delta", "replay"}) {
            single.put(policy, cost(policy, lambda));
        }
        Cost auto = cost("auto", lambda);
        double best = single.values().stream().mapToDouble(Cost::counted).min().orElseThrow();
        assertThat(auto.counted()).as("auto %s against %s", auto, single).isLessThanOrEqualTo(1.05 * best);
        assertThat(auto.forms()).contains(chosen);
        single.put("auto", auto);
        single.forEach((policy, cost) ->
                assertThat(cost.predicted()).as(policy).isCloseTo(cost.counted(), within(1e-9 * cost.counted())));
    }

    @Test
    void whereBytesCostNothingDeltasAreKeptSinceTheyAreRecoveredSoonest() {
        autoIsNoWorse(0.01, Form.DELTA_TO_BASE);
    }

    @Test
    void whereBytesCostSomethingAVersionIsKeptAgainstWhateverItDiffersFromLeast() {
        autoIsNoWorse(600, Form.DELTA_TO_BASE, Form.DELTA_TO_PARENT);
    }

    @Test
    void whereBytesAreDearRecipesAreKept() {
        autoIsNoWorse(1e6, Form.REPLAY);
    }

    private static final class Kept implements RunListener {
        private KeptFigures figures = KeptFigures.NONE;

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {}

        @Override
        public void kept(KeptFigures kept) {
            figures = kept;
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
