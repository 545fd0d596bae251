package dev.starling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Audits the files of a run: what is a sum or a mean of other figures is computed again from those. */
final class Books extends Audit {

    private static final List<String> REASONS =
            List.of("failed", "offline", "unplugged", "metered", "inUse", "batteryLow", "optedOut");

    private final List<CSVRecord> rounds;
    private final List<CSVRecord> devices;
    private final List<CSVRecord> hours;
    private final JsonNode summary;
    private final boolean asynchronous;
    private final boolean checkIn;

    private Books(Path directory, String scenario) throws IOException {
        this.rounds = csv(directory.resolve("rounds.csv"));
        this.devices = csv(directory.resolve("devices.csv"));
        this.hours = csv(directory.resolve("fleet.csv"));
        this.summary =
                new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
        this.asynchronous = scenario.contains("asynchronous");
        this.checkIn = scenario.contains("check-in");
        for (List<CSVRecord> table : List.of(rounds, devices, hours)) {
            for (CSVRecord row : table) {
                row.toMap()
                        .forEach((column, cell) -> check(
                                !cell.equals("NaN") && !cell.endsWith("Infinity"),
                                column + " is " + cell + " in " + row));
            }
        }
    }

    /** What does not add up in the files of a run of {@code scenario} in {@code directory}. */
    static List<String> problems(Path directory, String scenario) throws IOException {
        Books books = new Books(directory, scenario);
        books.rounds.forEach(books::round);
        books.time();
        books.work();
        books.totals();
        books.add(new DeviceBooks(books.devices, books.rounds, books.summary).problems());
        books.hours();
        return books.problems();
    }

    private static List<CSVRecord> csv(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(Files.newBufferedReader(file))) {
            return parser.getRecords();
        }
    }

    private void round(CSVRecord row) {
        String name = "round " + row.get("round") + " ";
        for (String column : row.getParser().getHeaderNames()) {
            if (!row.get(column).isEmpty()
                    && !Set.of("closesAtUtc", "abandoned", "stage", "rejectionReason")
                            .contains(column)) {
                check(of(row, column) >= 0, name + column + " is negative: " + row.get(column));
            }
        }
        same(
                of(row, "droppedOutDevices"),
                REASONS.stream()
                        .mapToDouble(reason -> of(row, reason + "Devices"))
                        .sum(),
                name + "drop-outs by reason");
        same(of(row, "askedDevices"), of(row, "refusedDevices") + of(row, "startedDevices"), name + "asked");
        boolean updates = asynchronous && row.get("stage").equals("federated");
        double ended = of(row, "reportedDevices")
                + of(row, "rejectedDeltas")
                + of(row, "lateDevices")
                + of(row, "droppedOutDevices");
        if (!updates) {
            same(of(row, "startedDevices"), ended, name + "started devices");
            check(of(row, "wastedJoules") <= of(row, "joules") * (1 + 1e-12), name + "wastes more joules than it took");
            check(
                    of(row, "wastedDeviceSeconds") <= of(row, "deviceSeconds") + 1e-9,
                    name + "wastes more time than it took");
            check(
                    of(row, "wastedBytes") <= of(row, "downBytes") + of(row, "upBytes"),
                    name + "wastes more bytes than it sent");
        }
        if (row.get("abandoned").equals("true")) {
            same(of(row, "reportedDevices"), 0, name + "reports though abandoned");
        }
        check(of(row, "localSteps") <= of(row, "examplesTrained"), name + "has steps without examples");
        check(
                (updates && of(row, "reportedDevices") > 0)
                        != row.get("stalenessMeanVersions").isEmpty(),
                name + "staleness is '" + row.get("stalenessMeanVersions") + "'");
        check(of(row, "stalenessP50Versions") <= of(row, "stalenessP90Versions"), name + "median staleness above p90");
        check(
                of(row, "stalenessP90Versions") <= of(row, "stalenessMaxVersions"),
                name + "p90 of staleness above the most");
        check(of(row, "meteredBytes") <= of(row, "downBytes") + of(row, "upBytes"), name + "metered bytes");
        check(
                !checkIn
                        || !row.get("stage").equals("federated")
                        || of(row, "checkInsServed") == of(row, "askedDevices"),
                name + "check-ins");
    }

    /** Fleet time never goes back, and a round in which nothing was reported takes some. */
    private void time() {
        double before = 0;
        int number = 0;
        double version = 0;
        for (CSVRecord row : rounds) {
            String name = "round " + row.get("round") + " ";
            same(of(row, "round"), ++number, "number of a round");
            check(of(row, "fleetSeconds") >= before, name + "closes before the one before it");
            boolean idle = of(row, "reportedDevices") + of(row, "rejectedDeltas") == 0;
            check(
                    !idle || row.get("stage").equals("pre-training") || of(row, "fleetSeconds") > before,
                    name + "had no report and took no time");
            same(
                    Instant.parse(row.get("closesAtUtc")).toEpochMilli() / 1000.0 - of(row, "fleetSeconds"),
                    Instant.parse(rounds.get(0).get("closesAtUtc")).toEpochMilli() / 1000.0
                            - of(rounds.get(0), "fleetSeconds"),
                    name + "start of the run");
            check(of(row, "version") >= version, name + "goes back to an older version");
            before = of(row, "fleetSeconds");
            version = of(row, "version");
        }
    }

    /** Bytes follow from who took work and who finished it: all bases and all deltas are of one size. */
    private void work() {
        double open = 0;
        double down = perPiece("downBytes", row -> of(row, "startedDevices"), "federated");
        double up = perPiece(
                "upBytes",
                row -> of(row, "reportedDevices") + of(row, "rejectedDeltas") + of(row, "lateDevices"),
                "federated");
        for (CSVRecord row : rounds) {
            if (!row.get("stage").equals("federated")) {
                continue;
            }
            String name = "round " + row.get("round") + " ";
            double late = of(row, "lateDevices");
            same(
                    of(row, "wastedBytes"),
                    (late + of(row, "droppedOutDevices")) * down + late * up,
                    name + "wasted bytes");
            open += of(row, "startedDevices")
                    - of(row, "reportedDevices")
                    - of(row, "rejectedDeltas")
                    - late
                    - of(row, "droppedOutDevices");
            check(open >= 0, name + "has more ends than beginnings of work");
        }
        same(open > 0 ? 1 : 0, sum(devices, "underWayBytes") > 0 ? 1 : 0, "whether work is under way at the end");
        same(sum(devices, "underWayBytes"), open * down, "bytes of work under way");
    }

    private double perPiece(String column, Function<CSVRecord, Double> pieces, String stage) {
        double size = 0;
        for (CSVRecord row : rounds) {
            double count = row.get("stage").equals(stage) ? pieces.apply(row) : 0;
            if (count > 0) {
                size = of(row, column) / count;
            }
        }
        for (CSVRecord row : rounds) {
            if (row.get("stage").equals(stage)) {
                same(of(row, column), size * pieces.apply(row), "round " + row.get("round") + " " + column);
            }
        }
        return size;
    }

    private void total(String figure, String... columns) {
        same(summary.at("/" + figure).doubleValue(), sum(rounds, columns), "summary.json: " + figure);
    }

    private void totals() {
        total("asked", "askedDevices");
        total("reports", "reportedDevices");
        total("late", "lateDevices");
        total("droppedOut", "droppedOutDevices");
        total("rejected", "rejectedDeltas");
        total("refused", "refusedDevices");
        total("started", "startedDevices");
        total("localSteps", "localSteps");
        total("examplesTrained", "examplesTrained");
        total("bytesDown", "downBytes");
        total("bytesUp", "upBytes");
        total("cloudBytesDown", "cloudDownBytes");
        total("cloudBytesUp", "cloudUpBytes");
        total("deviceSeconds", "deviceSeconds");
        total("wastedDeviceSeconds", "wastedDeviceSeconds");
        total("wastedBytes", "wastedBytes");
        total("joules", "joules");
        total("wastedJoules", "wastedJoules");
        total("meteredBytes", "meteredBytes");
        total("checkInsServed", "checkInsServed");
        total("checkInsRefused", "checkInsRefused");
        total("dropOuts/failed", "failedDevices");
        total("dropOuts/in-use", "inUseDevices");
        total("dropOuts/unplugged", "unpluggedDevices");
        double reasons = 0;
        for (JsonNode count : summary.get("dropOuts")) {
            reasons += count.doubleValue();
        }
        same(reasons, sum(rounds, "droppedOutDevices"), "summary.json: drop-outs by reason");
        double rejections = 0;
        for (JsonNode one : summary.get("rejections")) {
            rejections += one.get("devices").doubleValue();
        }
        same(rejections, sum(rounds, "rejectedDeltas"), "summary.json: rejections by reason");
        CSVRecord last = rounds.get(rounds.size() - 1);
        same(summary.get("rounds").doubleValue(), rounds.size(), "summary.json: rounds");
        same(summary.get("version").doubleValue(), of(last, "version"), "summary.json: version");
        same(summary.get("fleetSeconds").doubleValue(), of(last, "fleetSeconds"), "summary.json: fleetSeconds");
        same(
                summary.get("abandonedRounds").doubleValue(),
                (double) rounds.stream()
                        .filter(row -> row.get("abandoned").equals("true"))
                        .count(),
                "summary.json: abandonedRounds");
        if (!summary.get("staleness").isNull()) {
            List<CSVRecord> stale = rounds.stream()
                    .filter(row -> !row.get("stalenessMeanVersions").isEmpty())
                    .toList();
            double ages = stale.stream()
                    .mapToDouble(row -> of(row, "stalenessMeanVersions") * of(row, "reportedDevices"))
                    .sum();
            same(
                    summary.at("/staleness/meanVersions").doubleValue(),
                    ages / sum(stale, "reportedDevices"),
                    "mean staleness");
            same(
                    summary.at("/staleness/maxVersions").doubleValue(),
                    stale.stream()
                            .mapToDouble(row -> of(row, "stalenessMaxVersions"))
                            .max()
                            .orElse(0),
                    "largest staleness");
        }
    }

    /** The hours are those that the run lived, and the work in them is what devices did in that time. */
    private void hours() {
        Instant before = null;
        for (CSVRecord row : hours) {
            Instant start = Instant.parse(row.get("hourStartsAtUtc"));
            check(before == null || before.plusSeconds(3600).equals(start), "no hour before " + start);
            check(
                    of(row, "coveredSeconds") > 0 && of(row, "coveredSeconds") <= 3600,
                    "hour " + start + " covers " + row.get("coveredSeconds"));
            check(
                    of(row, "eligibleDevices") >= 0 && of(row, "workingDevicesMean") >= 0,
                    "hour " + start + " is negative");
            before = start;
        }
        same(sum(hours, "coveredSeconds"), summary.get("fleetSeconds").doubleValue(), "seconds that all hours cover");
        double worked = hours.stream()
                .mapToDouble(row -> of(row, "workingDevicesMean") * of(row, "coveredSeconds"))
                .sum();
        double awake = sum(rounds, "deviceSeconds");
        // Late devices work on after the end of the run.
        check(
                worked <= awake + 1e-6,
                "devices work for " + worked + " s by the hours, for " + awake + " s by the rounds");
        check(
                worked >= awake - sum(rounds, "wastedDeviceSeconds") - 1e-6,
                "devices work for " + worked + " s by the hours, of " + awake);
    }
}
