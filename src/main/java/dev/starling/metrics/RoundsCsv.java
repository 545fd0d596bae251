package dev.starling.metrics;

import dev.starling.base.DropOutReason;
import dev.starling.model.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code rounds.csv}: one row a round, on disk as soon as the round is committed. Units stand last in the column
 * names; a value that was not measured is an empty cell.
 */
final class RoundsCsv implements AutoCloseable {

    private static final String[] HEADER = {
        "round",
        "version",
        "closesAtUtc",
        "fleetSeconds",
        "askedDevices",
        "reportedDevices",
        "lateDevices",
        "droppedOutDevices",
        "rejectedDeltas",
        "abandoned",
        "trainLoss",
        "testLoss",
        "testAccuracyShare",
        "testMae",
        "testRmse",
        "localSteps",
        "examplesTrained",
        "downBytes",
        "upBytes",
        "deltaNorm",
        "wallSeconds",
        "trainSeconds",
        "nodeBytes",
        "refusedDevices",
        "startedDevices",
        "failedDevices",
        "offlineDevices",
        "unpluggedDevices",
        "meteredDevices",
        "inUseDevices",
        "batteryLowDevices",
        "optedOutDevices",
        "wastedDeviceSeconds",
        "wastedBytes",
        "joules",
        "wastedJoules",
        "checkInsServed",
        "checkInsRefused",
        "meteredBytes",
        "stalenessMeanVersions",
        "stalenessP50Versions",
        "stalenessP90Versions",
        "stalenessMaxVersions",
        "cloudDownBytes",
        "cloudUpBytes",
        "stage",
        "rejectionReason",
        "rejectionDevice",
        "deviceSeconds"
    };

    private final CSVPrinter csv;
    private final boolean classification;

    RoundsCsv(Path file, boolean classification) throws IOException {
        this.csv = new CSVPrinter(Files.newBufferedWriter(file), format(HEADER));
        this.classification = classification;
        csv.flush();
    }

    private RoundsCsv(CSVPrinter csv, boolean classification) {
        this.csv = csv;
        this.classification = classification;
    }

    /** Goes on at the end of {@code file}. */
    static RoundsCsv goOn(Path file, boolean classification) throws IOException {
        return new RoundsCsv(goOn(file), classification);
    }

    static CSVPrinter goOn(Path file) throws IOException {
        return new CSVPrinter(
                Files.newBufferedWriter(file, StandardOpenOption.APPEND),
                CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
    }

    static CSVFormat format(String... header) {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader(header)
                .setRecordSeparator('\n')
                .get();
    }

    /** {@code value}, or an empty cell if it is not a number. */
    static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }

    /** A whole number without its decimal point, any other as it is, or an empty cell if it is not a number. */
    private static Object whole(double value) {
        return value == Math.rint(value) ? (Object) (long) value : cell(value);
    }

    void append(RoundRecord round) throws IOException {
        Evaluation test = round.evaluation().orElse(Evaluation.NONE);
        FleetFigures fleet = round.fleet();
        Optional<FailedDevices> rejection = round.rejections().stream().findFirst();
        csv.printRecord(
                round.round(),
                round.version(),
                round.closes(),
                round.fleetSeconds(),
                round.asked(),
                round.reported(),
                round.late(),
                round.droppedOut(),
                round.rejected(),
                round.abandoned(),
                cell(round.trainLoss()),
                cell(test.loss()),
                classification ? cell(test.accuracy()) : "",
                classification ? "" : cell(test.mae()),
                classification ? "" : cell(test.rmse()),
                round.localSteps(),
                round.examplesTrained(),
                round.downBytes(),
                round.upBytes(),
                cell(round.deltaNorm()),
                round.wallSeconds(),
                round.trainSeconds(),
                round.nodeBytes(),
                fleet.refused(),
                fleet.started(),
                fleet.droppedOut(DropOutReason.FAILED),
                fleet.droppedOut(DropOutReason.OFFLINE),
                fleet.droppedOut(DropOutReason.UNPLUGGED),
                fleet.droppedOut(DropOutReason.METERED),
                fleet.droppedOut(DropOutReason.IN_USE),
                fleet.droppedOut(DropOutReason.BATTERY),
                fleet.droppedOut(DropOutReason.OPTED_OUT),
                fleet.wastedDeviceSeconds(),
                fleet.wastedBytes(),
                fleet.joules(),
                fleet.wastedJoules(),
                fleet.checkInsServed(),
                fleet.checkInsRefused(),
                fleet.meteredBytes(),
                cell(fleet.staleness().mean()),
                whole(fleet.staleness().median()),
                whole(fleet.staleness().quantile(0.9)),
                whole(fleet.staleness().max()),
                round.cloud().down(),
                round.cloud().up(),
                round.stage(),
                rejection.map(FailedDevices::reason).orElse(""),
                rejection.<Object>map(FailedDevices::device).orElse(""),
                fleet.deviceSeconds());
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close(true);
    }
}
