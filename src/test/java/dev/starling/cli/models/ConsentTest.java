package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ModelsLine;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.device.CentralReplay;
import dev.starling.device.RunSpec;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes are executed by the device that owns the data; centrally only with consent, and then the data is billed. */
class ConsentTest {

    private static final int DEVICES = 4;
    private static final int TRAINED_ON = 35; // of 50 each, 0.3 of which are held back
    private static final int EXAMPLE_BYTES = 4 * (784 + 1);

    private static final String SCENARIO = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 200, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.3
            }
            model.network = "mlp(8)"
            local { epochs = 1, batch = 5, learning-rate = 0.05 }
            fleet.devices = 4
            rounds { max = 2, cohort = 4 }
            store.policy = replay
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private String out = "";

    private void starling(String... words) {
        ModelsLine.Result result = ModelsLine.real(words);
        out = result.out() + result.err();
        assertThat(result.code()).as(out).isEqualTo(ExitCode.OK);
    }

    private String run(boolean consent) throws IOException {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String run = directory.resolve("run-" + consent).toString();
        starling("run", scenario.toString(), "--out", run, "--set", "data.consent=" + consent);
        return run;
    }

    @Test
    void withoutConsentTheDeviceTrainsAgainAndNoDataIsBilled() throws IOException {
        String run = run(false);
        assertThat(out).doesNotContain("examples given");
        assertThat(Path.of(run, "summary.json")).content().contains("\"dataBytes\" : 0,");

        starling(
                "models",
                "recover",
                run,
                "3@2",
                "--out",
                directory.resolve("x.npz").toString());
        assertThat(out).contains("1 version trained again by the device that owns the data\n");
        starling("models", "cost", run, "--sample", "4");
        assertThat(out).contains("all replay").doesNotContain("by consent");
    }

    @Test
    void withConsentItIsTrainedCentrallyAndEachExampleIsBilledOnce() throws IOException {
        String run = run(true);
        long given = (long) DEVICES * TRAINED_ON * EXAMPLE_BYTES;
        // Two versions of each device were trained on the same examples.
        assertThat(Path.of(run, "summary.json")).content().contains("\"dataBytes\" : " + given + ",");
        assertThat(out).contains("examples given", "440 kB stored and uploaded with recipes, by consent");

        Path central = directory.resolve("central.npz");
        starling("models", "recover", run, "3@2", "--out", central.toString());
        assertThat(out)
                .contains("1 version trained again centrally, with the examples that the device gave", "verified");
        starling("models", "fsck", run);
        assertThat(out).contains("8 versions trained again centrally").endsWith("clean\n");

        starling("models", "cost", run);
        assertThat(out)
                .contains("all replay: 440 kB of its bytes are devices' examples, stored and uploaded by consent");
    }

    @Test
    void nobodyTrainsCentrallyWithoutConsent() {
        Scenario scenario = ScenarioReader.parse(SCENARIO, "fleet.conf");
        RawData raw = DataLoader.load(scenario.data(), DEVICES, new Seeds(5));
        RunSpec spec = new RunSpec("x", Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        assertThatThrownBy(() -> new CentralReplay(spec, scenario, raw, () -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raw data stays home: central replay needs data.consent = true");
    }
}
