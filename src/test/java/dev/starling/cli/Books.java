package dev.starling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Audits the files of a run: what is a sum or a mean of other figures is computed again from those. */
final class Books {

    private static final List<String> REASONS =
            List.of("failed", "offline", "unplugged", "metered", "inUse", "batteryLow", "optedOut");

    private final List<CSVRecord> rounds;
    private final List<CSVRecord> devices;
    private final List<CSVRecord> hours;
    private final JsonNode summary;
    private final boolean asynchronous;
    private final boolean checkIn;
    private final List<String> problems = new ArrayList<>();

    private Books(Path directory, String scenario) throws IOException {
        this.rounds = csv(directory.resolve("rounds.csv"));
        this.devices = csv(directory.resolve("devices.csv"));
        this.hours = csv(directory.resolve("fleet.csv"));
        this.summary = new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
        this.asynchronous = scenario.contains("asynchronous");
        this.checkIn = scenario.contains("check-in");
        for (List<CSVRecord> table : List.of(rounds, devices, hours)) {
            for (CSVRecord row : table) {
                row.toMap().forEach((column, cell) -> check(
                        !cell.equals("NaN") && !cell.endsWith("Infinity"), column + " is " + cell + " in " + row));
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
        books.devices();
        books.costs();
        books.ownData();
        books.hours();
        return books.problems;
    }

    private static List<CSVRecord> csv(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var parser = format.parse(Files.newBufferedReader(file))) {
            return parser.getRecords();
        }
    }

    private void check(boolean right, String what) {
        if (!right) {
            problems.add(what);
        }
    }

    private void same(double found, double right, String what) {
        check(Math.abs(found - right) <= 1e-9 * Math.max(1, Math.abs(right)), what + " must be " + right + ", is " + found);
    }

    private static double of(CSVRecord row, String column) {
        return row.get(column).isEmpty() ? 0 : Double.parseDouble(row.get(column));
    }

    private static double sum(List<CSVRecord> rows, String... columns) {
        return rows.stream()
                .mapToDouble(row -> DoubleStream.of(List.of(columns).stream()
                                .mapToDouble(column -> of(row, column))
                                .toArray())
                        .sum())
                .sum();
    }

    private void round(CSVRecord row) {
        String name = "round " + row.get("round") + " ";
        for (String column : row.getParser().getHeaderNames()) {
            if (!row.get(column).isEmpty() && !Set.of("closesAtUtc", "abandoned", "stage", "rejectionReason").contains(column)) {
                check(of(row, column) >= 0, name + column + " is negative: " + row.get(column));
            }
        }
        same(
                of(row, "droppedOutDevices"),
                REASONS.stream().mapToDouble(reason -> of(row, reason + "Devices")).sum(),
                name + "drop-outs by reason");
        same(of(row, "askedDevices"), of(row, "refusedDevices") + of(row, "startedDevices"), name + "asked");
        boolean updates = asynchronous && row.get("stage").equals("federated");
        double ended = of(row, "reportedDevices") + of(row, "rejectedDeltas") + of(row, "lateDevices") + of(row, "droppedOutDevices");
        if (!updates) {
            same(of(row, "startedDevices"), ended, name + "started devices");
            check(of(row, "wastedJoules") <= of(row, "joules") * (1 + 1e-12), name + "wastes more joules than it took");
            check(of(row, "wastedDeviceSeconds") <= of(row, "deviceSeconds") + 1e-9, name + "wastes more time than it took");
            check(of(row, "wastedBytes") <= of(row, "downBytes") + of(row, "upBytes"), name + "wastes more bytes than it sent");
        }
        if (row.get("abandoned").equals("true")) {
            same(of(row, "reportedDevices"), 0, name + "reports though abandoned");
        }
        check(of(row, "localSteps") <= of(row, "examplesTrained"), name + "has steps without examples");
        check(
                (updates && of(row, "reportedDevices") > 0) != row.get("stalenessMeanVersions").isEmpty(),
                name + "staleness is '" + row.get("stalenessMeanVersions") + "'");
        check(of(row, "stalenessP50Versions") <= of(row, "stalenessP90Versions"), name + "median staleness above p90");
        check(of(row, "stalenessP90Versions") <= of(row, "stalenessMaxVersions"), name + "p90 of staleness above the most");
        check(of(row, "meteredBytes") <= of(row, "downBytes") + of(row, "upBytes"), name + "metered bytes");
        check(!checkIn || !row.get("stage").equals("federated") || of(row, "checkInsServed") == of(row, "askedDevices"), name + "check-ins");
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
            check(!idle || row.get("stage").equals("pre-training") || of(row, "fleetSeconds") > before, name + "had no report and took no time");
            same(
                    Instant.parse(row.get("closesAtUtc")).toEpochMilli() / 1000.0 - of(row, "fleetSeconds"),
                    Instant.parse(rounds.get(0).get("closesAtUtc")).toEpochMilli() / 1000.0 - of(rounds.get(0), "fleetSeconds"),
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
        double up = perPiece("upBytes", row -> of(row, "reportedDevices") + of(row, "rejectedDeltas") + of(row, "lateDevices"), "federated");
        for (CSVRecord row : rounds) {
            if (!row.get("stage").equals("federated")) {
                continue;
            }
            String name = "round " + row.get("round") + " ";
            double late = of(row, "lateDevices");
            same(of(row, "wastedBytes"), (late + of(row, "droppedOutDevices")) * down + late * up, name + "wasted bytes");
            open += of(row, "startedDevices") - of(row, "reportedDevices") - of(row, "rejectedDeltas") - late - of(row, "droppedOutDevices");
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
                rounds.stream().filter(row -> row.get("abandoned").equals("true")).count(),
                "summary.json: abandonedRounds");
        if (!summary.get("staleness").isNull()) {
            List<CSVRecord> stale = rounds.stream().filter(row -> !row.get("stalenessMeanVersions").isEmpty()).toList();
            double ages = stale.stream().mapToDouble(row -> of(row, "stalenessMeanVersions") * of(row, "reportedDevices")).sum();
            same(summary.at("/staleness/meanVersions").doubleValue(), ages / sum(stale, "reportedDevices"), "mean staleness");
            same(
                    summary.at("/staleness/maxVersions").doubleValue(),
                    stale.stream().mapToDouble(row -> of(row, "stalenessMaxVersions")).max().orElse(0),
                    "largest staleness");
        }
    }

    private void devices() {
        for (CSVRecord row : devices) {
            String name = "device " + row.get("device") + " ";
            for (String figure : List.of("Joules", "Bytes", "DeviceSeconds", "MeteredBytes")) {
                String all = Character.toLowerCase(figure.charAt(0)) + figure.substring(1);
                check(of(row, "wasted" + figure) >= 0, name + "wastes less than nothing: " + figure);
                check(of(row, all) >= 0, name + all + " is negative");
                check(of(row, "wasted" + figure) <= of(row, all) * (1 + 1e-12), name + "wastes more than all its " + all);
            }
            check(of(row, "radioJoules") <= of(row, "joules"), name + "radio takes more than all its joules");
            check(
                    of(row, "wastedJoules") + of(row, "underWayJoules") <= of(row, "joules") * (1 + 1e-12),
                    name + "joules wasted and under way are more than all");
            check(of(row, "meteredBytes") <= of(row, "bytes"), name + "metered bytes are more than all");
            check(of(row, "reportedRounds") <= of(row, "askedRounds"), name + "reports more than it was asked");
            boolean rehearsed = summary.get("rehearsed").booleanValue();
            check(!rehearsed || Set.of("rehearsed", "fresh").contains(row.get("state")), name + "is " + row.get("state"));
        }
        same(sum(devices, "askedRounds"), sum(rounds, "askedDevices"), "rounds in which devices were asked");
        same(sum(devices, "reportedRounds"), sum(rounds, "reportedDevices"), "rounds in which devices reported");
        same(sum(devices, "bytes"), sum(rounds, "downBytes", "upBytes"), "bytes of all devices");
        for (String column : List.of("joules", "wastedJoules", "wastedBytes", "meteredBytes", "deviceSeconds", "wastedDeviceSeconds")) {
            same(sum(devices, column), sum(rounds, column), column + " of all devices");
        }
    }

    private void costs() {
        List<CSVRecord> asked = devices.stream().filter(row -> of(row, "askedRounds") > 0).toList();
        costs(summary.get("costs"), asked);
        asked.stream()
                .collect(Collectors.groupingBy(row -> row.get("class")))
                .forEach((name, of) -> costs(summary.at("/costs/byClass/" + name), of));
    }

    private void costs(JsonNode found, List<CSVRecord> of) {
        if (found.isNull()) {
            check(of.isEmpty(), "there are no costs of " + of.size() + " devices");
            return;
        }
        same(found.get("askedDevices").doubleValue(), of.size(), "costs: devices");
        same(found.get("bytes").doubleValue(), sum(of, "bytes"), "costs: bytes");
        same(found.get("meteredBytes").doubleValue(), sum(of, "meteredBytes"), "costs: metered bytes");
        same(found.get("radioJoules").doubleValue(), sum(of, "radioJoules"), "costs: radio");
        same(found.get("deviceSeconds").doubleValue(), sum(of, "deviceSeconds"), "costs: device seconds");
        same(found.get("underWayJoules").doubleValue(), sum(of, "underWayJoules"), "costs: joules under way");
        same(found.get("radioJoules").doubleValue() + found.get("computeJoules").doubleValue(), sum(of, "joules"), "costs: joules");
        spread(found.get("joulesPerDevice"), of, "joules");
        spread(found.get("wastedJoulesPerDevice"), of, "wastedJoules");
        spread(found.get("bytesPerDevice"), of, "bytes");
        spread(found.get("meteredBytesPerDevice"), of, "meteredBytes");
    }

    /** Mean, extremes, median and nearest ranks, from their definitions. */
    private void spread(JsonNode found, List<CSVRecord> rows, String column) {
        double[] values = rows.stream().mapToDouble(row -> of(row, column)).sorted().toArray();
        int count = values.length;
        if (count == 0) {
            check(found.get("mean").isNull(), column + " has a mean over no devices");
            return;
        }
        same(found.get("mean").doubleValue() * count, DoubleStream.of(values).sum(), column + ": mean times devices");
        same(found.get("min").doubleValue(), values[0], column + ": min");
        same(found.get("max").doubleValue(), values[count - 1], column + ": max");
        double median = count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
        same(found.get("p50").doubleValue(), median, column + ": median");
        for (int percent : new int[] {10, 90, 99}) {
            int rank = (percent * count + 99) / 100;
            same(found.get("p" + percent).doubleValue(), values[Math.max(1, rank) - 1], column + ": p" + percent);
        }
    }

    private void ownData() {
        JsonNode own = summary.get("ownData");
        same(
                summary.get("evaluatedDevices").doubleValue(),
                devices.stream().filter(row -> !row.get("heldOutExamples").isEmpty()).count(),
                "evaluated devices");
        boolean sessions = devices.stream().anyMatch(row -> row.get("state").equals("personal"));
        List<CSVRecord> counted = devices.stream()
                .filter(row -> !row.get("state").equals("fresh") && !(sessions && row.get("state").equals("trained")))
                .filter(row -> !row.get("baseLoss").isEmpty())
                .toList();
        if (own.isNull()) {
            check(counted.isEmpty(), counted.size() + " devices were evaluated, of which nothing is said");
            return;
        }
        same(own.get("devices").doubleValue(), counted.size(), "ownData: devices");
        spread(own.at("/base/loss"), counted, "baseLoss");
        spread(own.at("/base/accuracy"), counted, "baseAccuracyShare");
        spread(own.at("/personal/loss"), counted, "personalLoss");
        spread(own.at("/personal/accuracy"), counted, "personalAccuracyShare");
    }

    /** The hours are those that the run lived, and the work in them is what devices did in that time. */
    private void hours() {
        Instant before = null;
        for (CSVRecord row : hours) {
            Instant start = Instant.parse(row.get("hourStartsAtUtc"));
            check(before == null || before.plusSeconds(3600).equals(start), "no hour before " + start);
            check(of(row, "coveredSeconds") > 0 && of(row, "coveredSeconds") <= 3600, "hour " + start + " covers " + row.get("coveredSeconds"));
            check(of(row, "eligibleDevices") >= 0 && of(row, "workingDevicesMean") >= 0, "hour " + start + " is negative");
            before = start;
        }
        same(sum(hours, "coveredSeconds"), summary.get("fleetSeconds").doubleValue(), "seconds that all hours cover");
        double worked = hours.stream().mapToDouble(row -> of(row, "workingDevicesMean") * of(row, "coveredSeconds")).sum();
        double awake = sum(rounds, "deviceSeconds");
        // Late devices work on after the end of the run.
        check(worked <= awake + 1e-6, "devices work for " + worked + " s by the hours, for " + awake + " s by the rounds");
        check(worked >= awake - sum(rounds, "wastedDeviceSeconds") - 1e-6, "devices work for " + worked + " s by the hours, of " + awake);
    }
}
