package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ModelsLine;
import dev.starling.data.DataLoader;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.VersionKey;
import dev.starling.store.backup.BackupFile;
import dev.starling.store.backup.BackupLimits;
import dev.starling.store.backup.DeviceState;
import dev.starling.store.backup.KeyedRandomness;
import dev.starling.store.backup.ModelBackup;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup} and {@code restore} on the stores of real runs, and every reason to refuse. */
class BackupAndRestoreTest {

    private static final String SCENARIO = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 200, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              features { standardize = per-channel }
              hold-back = 0.2
            }
            model.network = "mlp(8)"
            local { epochs = 2, batch = 5, learning-rate = 0.001, momentum = 0.9 }
            fleet.devices = 4
            rounds { max = 1, cohort = 4 }
            personal { sessions = 3, keep-momentum = true, learning-rate = 0.001 }
            evaluate-devices = false
            store.policy = delta
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private String run = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void run() throws IOException {
        run = run("fleet", SCENARIO);
    }

    private String run(String name, String scenario) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".conf"), scenario);
        String results = directory.resolve(name).toString();
        done("run", file.toString(), "--quiet", "--out", results);
        return results;
    }

    private int starling(String... words) {
        ModelsLine.Result result = ModelsLine.real(words);
        out = result.out();
        err = result.err();
        return result.code();
    }

    private void done(String... words) {
        assertThat(starling(words)).as(() -> out + err).isEqualTo(ExitCode.OK);
    }

    private void refused(String finding, String... words) {
        assertThat(starling(words)).as(() -> out + err).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err).contains(finding);
        assertThat(err.lines()).hasSize(1);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static ModelBackup read(Path file) throws IOException {
        return BackupFile.decode(Files.readAllBytes(file), Optional.empty(), BackupLimits.USUAL);
    }

    private static Snapshot recovered(String results, VersionKey key) {
        try (ModelStore store = ModelStore.open(
                StoreSettings.directory(Path.of(results, "store")).existing())) {
            return store.recover(store.runs().get(0), key);
        }
    }

    @Test
    void aBackupHoldsWhatTheDeviceReallyHas() throws IOException {
        Path two = file("two.backup");
        done("models", "backup", run, "2@3", "--out", two.toString());
        assertThat(out).endsWith("with featurizer, optimizer state, state of randomness\n");
        DeviceState state = read(two).parts().state();

        Scenario scenario = ScenarioReader.parse(SCENARIO, "fleet.conf");
        assertThat(state.featurizer())
                .contains(DataLoader.load(scenario.data(), 4, new Seeds(5)).fitFeaturizer());
        assertThat(state.randomness()).contains(new KeyedRandomness(5, List.of(2L, 4L)));

        // Every session leaves another momentum behind, and all of it is that of this model's weights.
        Path before = file("before.backup");
        done("models", "backup", run, "2@2", "--out", before.toString());
        Snapshot velocity = state.velocity().orElseThrow();
        assertThat(velocity.layout()).isEqualTo(read(two).manifest().layout());
        assertThat(velocity).isNotEqualTo(read(before).parts().velocity().orElseThrow());
        float[] values = velocity.toFloats();
        double norm = 0;
        for (float value : values) {
            norm += value * value;
        }
        assertThat(norm).isPositive().isFinite();
    }

    @Test
    void whatIsRestoredOnAnotherDeviceIsTheSameAgainWithAllThatCameAlong() throws IOException {
        Path two = file("two.backup");
        done("models", "backup", run, "2@3", "--out", two.toString());
        done("models", "restore", run, two.toString(), "--device", "77", "--dry-run");
        assertThat(out).contains("would be restored as 77@3");
        done("models", "restore", run, two.toString(), "--device", "77");
        assertThat(out)
                .contains("2@3 of run ", " is restored as 77@3")
                .endsWith("with featurizer, optimizer state, state of randomness\n");
        assertThat(recovered(run, VersionKey.of(77, 3))).isEqualTo(recovered(run, VersionKey.of(2, 3)));

        Path again = file("again.backup");
        done("models", "backup", run, "77", "--out", again.toString());
        assertThat(read(again).parts().state()).isEqualTo(read(two).parts().state());
        done("models", "fsck", run);
        assertThat(out).endsWith("clean\n");
        done("models", "gc", run, "--keep", "1", "--grace", "0s");
        done("models", "fsck", run);
        done("models", "restore", run, two.toString(), "--device", "77");
        assertThat(out).contains("is there already, as 77@3");
    }

    @Test
    void aBaseThatIsNotThereMustComeAlong() throws IOException {
        String other = run("other", SCENARIO.replace("seed = 5", "seed = 6"));
        Path bare = file("bare.backup");
        Path whole = file("whole.backup");
        done("models", "backup", run, "1", "--out", bare.toString());
        assertThat(out).contains("needs base@");
        done("models", "backup", run, "1", "--out", whole.toString(), "--embed-base");
        assertThat(out).contains("comes along");
        refused(
                "which is neither embedded in it nor in the store",
                "models",
                "restore",
                other,
                bare.toString(),
                "--device",
                "50");
        done("models", "restore", other, whole.toString(), "--device", "50");
        assertThat(recovered(
                        other, VersionKey.of(50, read(whole).manifest().key().sequence())))
                .isEqualTo(recovered(run, read(whole).manifest().key()));
    }

    @Test
    void withoutTheDataTheValuesAreBackedUpAndThatIsTold() throws IOException {
        Files.delete(Path.of(run, "scenario.conf"));
        Path bare = file("bare.backup");
        done("models", "backup", run, "1", "--out", bare.toString());
        assertThat(out).contains("values only: what the device held beside them takes the run's data");
        assertThat(read(bare).parts().state()).isEqualTo(DeviceState.NONE);
    }

    @Test
    void whatMustNotBeRestoredIsRefusedAndNothingChanges() throws IOException {
        Path good = file("good.backup");
        Path secret = Files.writeString(file("secret"), "open sesame\n");
        Path wrong = Files.writeString(file("wrong"), "open barley\n");
        Path locked = file("locked.backup");
        done("models", "backup", run, "3", "--out", good.toString());
        done("models", "backup", run, "3", "--out", locked.toString(), "--passphrase-file", secret.toString());
        refused("must be a new file", "models", "backup", run, "3", "--out", good.toString());
        byte[] bytes = Files.readAllBytes(good);
        long before = Files.size(good);

        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 8;
        Path damaged = Files.write(file("damaged.backup"), flipped);
        Path cut = Files.write(file("cut.backup"), Arrays.copyOf(bytes, bytes.length - 9));
        Path huge = file("huge.backup");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(BackupLimits.USUAL.fileBytes() + 1);
        }
        Path text = Files.writeString(
                file("text.backup"), "this is no backup at all, but long enough to look at".repeat(9));

        refused("the backup is damaged", "models", "restore", run, damaged.toString(), "--device", "60");
        refused("bytes", "models", "restore", run, cut.toString(), "--device", "60");
        refused("at most 1073741824 are read", "models", "restore", run, huge.toString(), "--device", "60");
        refused("text.backup", "models", "restore", run, text.toString(), "--device", "60");
        refused(
                "missing.backup",
                "models",
                "restore",
                run,
                file("missing.backup").toString());
        refused("device 0 has a model", "models", "restore", run, good.toString(), "--device", "0");
        refused("give its passphrase", "models", "restore", run, locked.toString(), "--device", "60");
        refused(
                "the passphrase is wrong",
                "models",
                "restore",
                run,
                locked.toString(),
                "--device",
                "60",
                "--passphrase-file",
                wrong.toString());
        starling("models", "list", run, "--device", "60");
        assertThat(out).contains("0 of 0 versions");
        assertThat(Files.size(good)).isEqualTo(before);

        done("models", "restore", run, locked.toString(), "--device", "60", "--passphrase-file", secret.toString());
        assertThat(recovered(run, VersionKey.of(60, read(good).manifest().key().sequence())))
                .isEqualTo(recovered(run, read(good).manifest().key()));
        done("models", "restore", run, good.toString(), "--device", "0", "--force");
        assertThat(out).contains("is restored as 0@");
    }
}
