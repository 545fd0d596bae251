package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.Form;
import dev.starling.store.ModelRoot;
import dev.starling.store.PipelineText;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs that keep the versions of all models, in every form. */
class KeepingTest {

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
            personal { sessions = 2, train = head }
            """;

    @TempDir
    private Path directory;

    private static FleetReplayer devices() {
        return new FleetReplayer(ScenarioReader.parse(FLEET, "fleet.conf"));
    }

    private <T> T kept(String policy, BiFunction<ModelStore, String, T> look) {
        Path place = directory.resolve(policy.replaceAll("[^a-z0-9]", "-"));
        Run run = FleetInOneJvm.run(FLEET + "store { policy = " + policy + " }", 2, place);
        try (ModelStore store =
                ModelStore.open(StoreSettings.directory(place.resolve("store")).existing())) {
            String name = store.runs().get(0);
            assertThat(store.runs()).hasSize(1);
            assertThat(store.fsck(false, Optional.empty()).problems()).isEmpty();
            assertThat(store.find(name, VersionKey.base(3)).orElseThrow().root().hex())
                    .isEqualTo(run.root());
            return look.apply(store, name);
        }
    }

    private static List<VersionRecord> records(ModelStore store, String run) {
        return store.list(run, VersionQuery.all());
    }

    /** Roots by version, each recovered. */
    private static Map<VersionKey, ModelRoot> roots(ModelStore store, String run) {
        Map<VersionKey, ModelRoot> roots = new TreeMap<>();
        try (FleetReplayer replayer = devices()) {
            for (VersionRecord version : records(store, run)) {
                assertThat(ModelRoot.of(store.recover(run, version.key(), Optional.of(replayer))))
                        .isEqualTo(version.root());
                roots.put(version.key(), version.root());
            }
        }
        return roots;
    }

    @Test
    void everyModelOfEveryRoundCanBeRecoveredWhateverItsForm() {
        Map<VersionKey, ModelRoot> snapshots = kept("snapshot", KeepingTest::roots);
        // Three rounds of five devices, two sessions of eight, and bases 0 to 3.
        assertThat(snapshots).hasSize(3 * 5 + 2 * 8 + 4);
        assertThat(kept("delta", KeepingTest::roots)).isEqualTo(snapshots);
        assertThat(kept("replay", KeepingTest::roots)).isEqualTo(snapshots);
        assertThat(kept("auto", KeepingTest::roots)).isEqualTo(snapshots);
        assertThat(kept("auto, recoveries = 100000", KeepingTest::roots)).isEqualTo(snapshots);
    }

    @Test
    void aReplayIsKeptWithoutValuesAndNeedsItsDevice() {
        kept("replay", (store, run) -> {
            List<VersionRecord> devices = records(store, run).stream()
                    .filter(version -> !version.key().isBase())
                    .toList();
            assertThat(devices).extracting(VersionRecord::form).contains(Form.REPLAY);
            VersionRecord replay = devices.stream()
                    .filter(version -> version.form() == Form.REPLAY)
                    .findFirst()
                    .orElseThrow();
            assertThat(replay.bytes()).isZero();
            assertThatThrownBy(() -> store.recover(run, replay.key())).isInstanceOf(ReplayNeededException.class);
            return replay;
        });
    }

    @Test
    void devicesGoOnWithTheRoundedModelsThatTheyAdopted() {
        Map<VersionKey, ModelRoot> exact = kept("delta", KeepingTest::roots);
        kept("delta, adopt = int8", (store, run) -> {
            assertThat(records(store, run).stream()
                            .filter(version -> !version.key().isBase()))
                    .extracting(VersionRecord::form)
                    .containsOnly(Form.ADOPTED);
            assertThat(roots(store, run)).hasSameSizeAs(exact).isNotEqualTo(exact);
            return run;
        });
    }

    @Test
    void recordsSayWhatWasDone() {
        kept("delta", (store, run) -> {
            VersionRecord session = store.at(run, 3, 5).orElseThrow();
            assertThat(session.recipe().orElseThrow().task()).isEqualTo("personal");
            assertThat(session.metrics().orElseThrow().steps()).isPositive();
            assertThat(PipelineText.of(
                            store.pipeline(session.pipeline().orElseThrow()).orElseThrow()))
                    .contains("recipe.task = personal", "seeds.seed = 5");
            return run;
        });
    }
}
