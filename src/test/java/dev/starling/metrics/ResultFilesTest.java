package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.data.DataNotes;
import dev.starling.model.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final RunManifest manifest =
            new RunManifest("9.9", List.of("starling", "run", "x.conf"), Map.of("nd4j", "1.0"), "a CPU", Instant.EPOCH);

    private ResultFiles files(ModelWriter writer) {
        return new ResultFiles(directory, "seed = 7\n", manifest, writer);
    }

    private ResultFiles files() {
        return files((file, model) -> Files.write(file, model.toFloats().length == 2 ? new byte[] {42} : new byte[0]));
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(directory.resolve(name).toFile());
    }

    private List<CSVRecord> csv(String name) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(Files.newBufferedReader(directory.resolve(name)))) {
            return parser.getRecords();
        }
    }

    @Test
    void aRunThatOnlyStartedCanBeRepeated() throws IOException {
        files().started(SampleRun.info(3));

        assertThat(directory.resolve("scenario.conf")).hasContent("seed = 7\n");
        JsonNode run = json("run.json");
        assertThat(run.get("seed").longValue()).isEqualTo(7);
        assertThat(run.get("commandLine").toString()).isEqualTo("[\"starling\",\"run\",\"x.conf\"]");
        assertThat(run.at("/dataFilesSha256/train.idx").textValue()).isEqualTo("ab12");
        assertThat(run.at("/versions/starling").textValue()).isEqualTo("9.9");
        assertThat(run.at("/versions/java").textValue()).startsWith(System.getProperty("java.version"));
        assertThat(run.get("cores").intValue()).isPositive();
    }

    @Test
    void aRoundIsOnDiskWhenItIsCommitted() throws IOException {
        ResultFiles files = files();
        files.started(SampleRun.info(3));
        assertThat(csv("rounds.csv")).isEmpty();

        files.roundCommitted(SampleRun.round(1));
        files.roundCommitted(SampleRun.round(2, Optional.empty()));

        List<CSVRecord> rows = csv("rounds.csv");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("closesAtUtc")).isEqualTo("1970-01-01T00:01:00Z");
        assertThat(rows.get(0).get("testAccuracyShare")).isEqualTo("0.01");
        assertThat(rows.get(0).get("testMae")).isEmpty();
        assertThat(rows.get(0).get("upBytes")).isEqualTo("400");
        assertThat(rows.get(1).get("testLoss")).isEmpty();
        assertThat(rows.get(1).get("trainLoss")).isEqualTo("0.5");
    }

    @Test
    void theSummaryHasTheWholeRun() throws IOException {
        ResultFiles files = files();
        files.started(SampleRun.info(3));
        for (int n = 1; n <= 3; n++) {
            files.roundCommitted(SampleRun.round(n));
        }
        files.saving(0.25);
        files.finished(SampleRun.outcome(3));

        JsonNode summary = json("summary.json");
        assertThat(summary.get("savingSeconds").doubleValue()).isEqualTo(0.25);
        assertThat(summary.get("scenario").textValue()).isEqualTo("sample");
        assertThat(summary.get("rounds").intValue()).isEqualTo(3);
        assertThat(summary.get("targetReachedAtRound").intValue()).isEqualTo(2);
        assertThat(summary.get("accuracy").doubleValue()).isEqualTo(0.03);
        assertThat(summary.get("loss").doubleValue()).isEqualTo(0.5);
        assertThat(summary.get("mae").isNull()).isTrue();
        assertThat(summary.get("modelRoot").textValue()).isEqualTo("00ff");
        assertThat(summary.get("wallSeconds").doubleValue()).isEqualTo(3.5);
        assertThat(summary.get("trainSeconds").doubleValue()).isEqualTo(1.5);
        assertThat(summary.get("fleetSeconds").doubleValue()).isEqualTo(180);
        assertThat(summary.get("localSteps").longValue()).isEqualTo(300);
        assertThat(summary.get("examplesTrained").longValue()).isEqualTo(3000);
        assertThat(summary.get("bytesDown").longValue()).isEqualTo(1500);
        assertThat(summary.get("bytesUp").longValue()).isEqualTo(1200);
        assertThat(summary.get("reports").longValue()).isEqualTo(12);
        assertThat(summary.get("peakHeapBytes").longValue()).isBetween(1L << 20, 1L << 40);
        assertThat(directory.resolve("model/base.npz")).hasBinaryContent(new byte[] {42});

        CSVRecord device = csv("devices.csv").get(0);
        assertThat(device.get("class")).isEqualTo("slow, old");
        assertThat(device.get("baseAccuracyShare")).isEqualTo("0.4");
        assertThat(device.get("personalAccuracyShare")).isEqualTo("0.8");
        assertThat(device.get("joules")).isEqualTo("9.0");
        assertThat(device.get("wastedBytes")).isEqualTo("150");
        assertThat(device.get("meteredBytes")).isEqualTo("150");
        assertThat(files.failure()).isEmpty();
    }

    @Test
    void aRehearsalSaysThatItIsOneAndLeavesNoModel() throws IOException {
        RunInfo info = new RunInfo(
                "x", 7, 1, 0, 10, 3, "accuracy", Double.NaN, true, 8, 2, 0, "", List.of(), true, DataNotes.NONE);
        ResultFiles files = files();
        files.started(info);
        files.finished(new RunOutcome(
                Phase.DONE, "", 1, 1, OptionalInt.empty(), Optional.empty(), "", SampleRun.MODEL, List.of(), 1));

        JsonNode summary = json("summary.json");
        assertThat(summary.get("rehearsed").booleanValue()).isTrue();
        assertThat(summary.get("threads").isNull()).isTrue();
        assertThat(summary.get("accuracy").isNull()).isTrue();
        assertThat(summary.get("modelRoot").isNull()).isTrue();
        assertThat(json("run.json").get("rehearsed").booleanValue()).isTrue();
        assertThat(directory.resolve("model")).doesNotExist();
    }

    @Test
    void theSummarySpreadsWhatWasSpentOverDevicesAndClasses() throws IOException {
        List<DeviceRecord> devices = IntStream.rangeClosed(0, 10)
                .mapToObj(device -> new DeviceRecord(
                        device,
                        device > 6 ? "old" : "new",
                        5,
                        -1,
                        device == 0 ? 0 : 1,
                        1,
                        0,
                        DeviceRecord.State.TRAINED,
                        new Spending(device, 0.5, 100, device * 10L, 0),
                        Spending.NOTHING,
                        Spending.NOTHING,
                        Evaluation.NONE,
                        Evaluation.NONE,
                        Evaluation.NONE,
                        Evaluation.NONE))
                .toList();
        ResultFiles files = files();
        files.started(SampleRun.info(3));
        files.finished(new RunOutcome(
                Phase.DONE, "", 1, 1, OptionalInt.empty(), Optional.empty(), "00", SampleRun.MODEL, devices, 1));

        JsonNode costs = json("summary.json").get("costs");
        assertThat(costs.get("askedDevices").intValue()).isEqualTo(10);
        assertThat(costs.get("computeJoules").doubleValue()).isEqualTo(55);
        assertThat(costs.get("radioJoules").doubleValue()).isEqualTo(5);
        assertThat(costs.at("/joulesPerDevice/p90").doubleValue()).isEqualTo(9.5);
        assertThat(costs.at("/joulesPerDevice/max").doubleValue()).isEqualTo(10.5);
        assertThat(costs.at("/byClass/old/askedDevices").intValue()).isEqualTo(4);
        assertThat(costs.at("/byClass/old/meteredBytesPerDevice/min").doubleValue())
                .isEqualTo(70);
        assertThat(costs.at("/byClass/new/joulesPerDevice/p50").doubleValue()).isEqualTo(4);
        assertThat(csv("devices.csv").get(1).get("heldOutExamples")).isEmpty();
        assertThat(csv("devices.csv").get(1).get("baseLoss")).isEmpty();
    }

    @Test
    void stalenessIsEmptyInRoundsAndCountedInUpdates() throws IOException {
        RoundRecord round = SampleRun.round(1);
        ResultFiles files = files();
        files.started(SampleRun.info(3));
        files.roundCommitted(round);
        files.roundCommitted(SampleRun.withStaleness(round, Staleness.of(IntStream.of(0, 0, 1, 1, 6))));
        files.finished(SampleRun.outcome(2));

        List<CSVRecord> rows = csv("rounds.csv");
        assertThat(rows.get(0).get("stalenessMeanVersions")).isEmpty();
        assertThat(rows.get(0).get("stalenessMaxVersions")).isEmpty();
        assertThat(rows.get(1).get("stalenessMeanVersions")).isEqualTo("1.6");
        assertThat(rows.get(1).get("stalenessP50Versions")).isEqualTo("1");
        assertThat(rows.get(1).get("stalenessP90Versions")).isEqualTo("6");
        assertThat(rows.get(1).get("stalenessMaxVersions")).isEqualTo("6");
        assertThat(json("summary.json").at("/staleness/meanVersions").doubleValue())
                .isEqualTo(1.6);
    }

    @Test
    void whyReportsWereRejectedIsInRoundsAndSummary() throws IOException {
        ResultFiles files = files();
        files.started(SampleRun.info(3));
        files.roundCommitted(SampleRun.round(1));
        files.roundCommitted(SampleRun.rejected(SampleRun.round(2)));
        files.roundCommitted(SampleRun.rejected(SampleRun.round(3)));
        files.unevaluated(List.of(new FailedDevices("evaluation failed: bad data", 3, 2)));
        files.finished(SampleRun.outcome(3));

        List<CSVRecord> rows = csv("rounds.csv");
        assertThat(rows.get(0).get("rejectionReason")).isEmpty();
        assertThat(rows.get(0).get("rejectionDevice")).isEmpty();
        assertThat(rows.get(1).get("rejectedDeltas")).isEqualTo("4");
        assertThat(rows.get(1).get("rejectionReason")).isEqualTo("local training diverged at step 2");
        assertThat(rows.get(1).get("rejectionDevice")).isEqualTo("5");
        JsonNode summary = json("summary.json");
        assertThat(summary.get("rejections").toString())
                .isEqualTo("[{\"reason\":\"local training diverged at step 2\",\"device\":5,\"devices\":6},"
                        + "{\"reason\":\"delta is too large\",\"device\":8,\"devices\":2}]");
        assertThat(summary.at("/unevaluated/0/reason").textValue()).isEqualTo("evaluation failed: bad data");
    }

    @Test
    void regressionHasNoAccuracy() throws IOException {
        ResultFiles files = files();
        files.started(SampleRun.regression());
        files.finished(new RunOutcome(
                Phase.STOPPED,
                "",
                0,
                0,
                OptionalInt.empty(),
                Optional.of(new Evaluation(4, 8, 0, 6, 16)),
                "00",
                SampleRun.MODEL,
                List.of(),
                1));

        JsonNode summary = json("summary.json");
        assertThat(summary.get("accuracy").isNull()).isTrue();
        assertThat(summary.get("targetReachedAtRound").isNull()).isTrue();
        assertThat(summary.get("target").isNull()).isTrue();
        assertThat(summary.get("mae").doubleValue()).isEqualTo(1.5);
        assertThat(summary.get("rmse").doubleValue()).isEqualTo(2);
        assertThat(summary.get("status").textValue()).isEqualTo("stopped");
    }

    @Test
    void aWriterThatFailsLeavesNoHalfFileAndTheRestIsWritten() throws IOException {
        ResultFiles files = files((file, model) -> {
            Files.write(file, new byte[] {1});
            throw new IOException("disk full");
        });
        files.started(SampleRun.info(3));
        files.finished(SampleRun.outcome(1));

        assertThat(files.failure().orElseThrow()).contains("base.npz").contains("disk full");
        try (Stream<Path> left = Files.list(directory.resolve("model"))) {
            assertThat(left).isEmpty();
        }
        assertThat(directory.resolve("summary.json")).exists();
    }

    /** Who told the listener must not be torn down by a full disk: it has to say why the run ended. */
    @Test
    void aWriterThatFailsUncheckedIsAsGoodAsAnyOther() throws IOException {
        ResultFiles files = files((file, model) -> {
            throw new UncheckedIOException(new IOException("disk full"));
        });
        files.started(SampleRun.info(3));
        files.finished(SampleRun.outcome(1));

        assertThat(files.failure().orElseThrow()).contains("base.npz").endsWith("java.io.IOException: disk full");
        assertThat(directory.resolve("summary.json")).exists();
    }
}
