package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ModelsLine;
import dev.starling.cli.ReplayerSource;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.device.DeviceHost;
import dev.starling.device.RunSpec;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.VersionKey;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.WriteBatch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linear models of two kinds, hand-made so that those of a kind get their own labels right and no other. */
class TransferTest {

    private static final String SCENARIO = """
            name = two-kinds
            seed = 3
            data {
              source { kind = glyphs, train-examples = 600, test-examples = 20 }
              partition { kind = iid }
              hold-back = 0.3
            }
            model.network = logistic
            fleet.devices = 6
            rounds { max = 1, cohort = 6 }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path results = directory;
    private String out = "";
    private String err = "";

    @BeforeEach
    void writeRun() throws IOException {
        results = Files.createDirectories(directory.resolve("two-kinds-1"));
        Files.writeString(results.resolve("scenario.conf"), SCENARIO);
        try (DeviceHost host = host();
                ModelStore store = ModelStore.open(StoreSettings.directory(results.resolve("store")))) {
            List<NewVersion> versions = new ArrayList<>();
            Origin origin = Origin.at(new SimTime(0));
            versions.add(NewVersion.snapshot(VersionKey.base(0), guessing(host, 0), origin));
            for (int device = 0; device < 6; device++) {
                versions.add(NewVersion.snapshot(VersionKey.of(device, 1), guessing(host, device % 2), origin));
            }
            store.write(new WriteBatch("two-kinds-1", versions));
        }
    }

    private static DeviceHost host() {
        Scenario scenario = ScenarioReader.parse(SCENARIO, "test");
        RawData raw = DataLoader.load(scenario.data(), 6, new Seeds(3));
        return new DeviceHost(
                new RunSpec("test", "test", scenario.text(), raw.files(), raw.fitFeaturizer()),
                scenario,
                raw,
                1,
                new NodeFigures(() -> 0));
    }

    /** A model that takes everything for {@code label}. */
    private static Snapshot guessing(DeviceHost host, int label) {
        float[] values = new float[host.architecture().layout().count()];
        values[values.length - 10 + label] = 3;
        return Snapshot.of(host.architecture().layout(), values);
    }

    private int transfer(String... more) {
        List<String> line = new ArrayList<>(List.of("models", "transfer", results.toString()));
        line.addAll(List.of(more));
        ModelsLine.Result result = ModelsLine.run(ReplayerSource.NONE, line.toArray(String[]::new));
        out = result.out();
        err = result.err();
        return result.code();
    }

    @Test
    void theMatrixIsWhatEachModelDoesOnTheDataOfEach() throws IOException {
        Path report = directory.resolve("report");
        assertThat(transfer("--out", report.toString(), "--devices", "6"))
                .as(err)
                .isEqualTo(ExitCode.OK);
        List<String> lines = Files.readAllLines(report.resolve("transfer.csv"));
        assertThat(lines).hasSize(1 + 36 + 6).startsWith("model,data,loss,accuracy,feasible");
        try (DeviceHost host = host()) {
            for (int model = 0; model < 6; model++) {
                for (int data = 0; data < 6; data++) {
                    Evaluation expected = host.evaluate(
                            guessing(host, model % 2), host.views().heldOut(data, new SimTime(0)));
                    Evaluation own =
                            host.evaluate(guessing(host, data % 2), host.views().heldOut(data, new SimTime(0)));
                    boolean feasible = expected.accuracy() >= 0.9 * own.accuracy();
                    assertThat(lines)
                            .contains(model + "," + data + "," + expected.loss() + "," + expected.accuracy() + ","
                                    + feasible);
                }
            }
        }
        assertThat(out).contains("device", "feasible at", "written to");
    }

    @Test
    void picturesCanBeRead() throws IOException {
        assertThat(transfer("--out", directory.toString(), "--devices", "6"))
                .as(err)
                .isEqualTo(ExitCode.OK);
        BufferedImage png = ImageIO.read(directory.resolve("transfer.png").toFile());
        assertThat(png.getWidth()).isGreaterThan(600);
        String svg = Files.readString(directory.resolve("transfer.svg"));
        assertThat(svg).startsWith("<svg xmlns=").endsWith("</svg>\n").contains("Whose model works where?");
        // 36 own and other cells and 6 of the base, on a white ground, beside the scale.
        assertThat(svg.split("<rect ", -1).length).isGreaterThan(43 + 100);
    }

    @Test
    void aSampleIsADrawThatCanBeRepeated() throws IOException {
        assertThat(transfer("--out", directory.resolve("a").toString(), "--devices", "4"))
                .isEqualTo(ExitCode.OK);
        assertThat(transfer("--out", directory.resolve("b").toString(), "--devices", "4"))
                .isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("a/transfer.csv")).hasSameTextualContentAs(directory.resolve("b/transfer.csv"));
        assertThat(Files.readAllLines(directory.resolve("a/transfer.csv"))).hasSize(1 + 16 + 4);
        assertThat(Files.readAllBytes(directory.resolve("a/transfer.png")))
                .isEqualTo(Files.readAllBytes(directory.resolve("b/transfer.png")));
    }

    @Test
    void whatCannotBeIsToldInOneLine() throws IOException {
        assertThat(transfer("--devices", "1")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err).isEqualTo("--devices: must be 2 to 200, got 1\n");
        assertThat(transfer("--tolerance", "-1")).isEqualTo(ExitCode.BAD_INPUT);
        Files.writeString(results.resolve("scenario.conf"), SCENARIO.replace("hold-back = 0.3", "hold-back = 0"));
        assertThat(transfer("--out", directory.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err)
                .isEqualTo("two-kinds-1: a transfer needs at least 2 devices with a version and held-out data, found 0"
                        + " of 6 (data.hold-back is 0.0)\n");
        Files.writeString(results.resolve("scenario.conf"), SCENARIO.replace("logistic", "\"mlp(3)\""));
        assertThat(transfer("--out", directory.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err).contains("is no model of this run's scenario: it has other tensors");
        assertThat(directory.resolve("transfer.csv")).doesNotExist();
    }

    @Test
    void devicesOfAKindAreNearAndFeasible() {
        double near = 0.1;
        double[][] losses = new double[4][4];
        double[][] figures = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                losses[i][j] = i % 2 == j % 2 ? near : 2;
                figures[i][j] = i % 2 == j % 2 ? 0.95 : 0.1;
            }
        }
        losses[3][0] = Double.NaN; // diverged
        TransferMatrix matrix = new TransferMatrix(
                List.of(7, 8, 9, 10), true, 0.1, losses, figures, new double[] {0.9, 0.5, 0.86, 0.84});
        assertThat(matrix.feasible(0, 2)).isTrue();
        assertThat(matrix.feasible(0, 1)).isFalse();
        assertThat(matrix.places(0)).isEqualTo(1);
        assertThat(matrix.guests(3)).isEqualTo(1);
        assertThat(matrix.baseFeasible(2)).isTrue();
        assertThat(matrix.baseFeasible(3)).isFalse();
        assertThat(matrix.distances()[0][2]).isZero();
        assertThat(matrix.distances()[0][1]).isEqualTo(1.9);
        assertThat(matrix.distances()[3][0]).isEqualTo(1.9);
        Clustering clusters = Clustering.of(matrix.distances());
        assertThat(clusters.starts()).containsExactly(0, 2);
        TransferMatrix ordered = matrix.ordered(clusters.order());
        assertThat(ordered.device(0) % 2).isEqualTo(ordered.device(1) % 2);
        assertThat(ordered.figure(0, 1)).isEqualTo(0.95);
    }
}
