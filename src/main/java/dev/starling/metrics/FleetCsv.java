package dev.starling.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVPrinter;

/** {@code fleet.csv}: one row per hour of fleet time, on disk as soon as a round ended that hour. */
final class FleetCsv implements AutoCloseable {

    private static final String[] HEADER = {
        "hourStartsAtUtc", "eligibleDevices", "eligibleIsEstimated", "workingDevicesMean", "coveredSeconds"
    };

    private final CSVPrinter csv;

    FleetCsv(Path file) throws IOException {
        this.csv = new CSVPrinter(Files.newBufferedWriter(file), RoundsCsv.format(HEADER));
        csv.flush();
    }

    private FleetCsv(CSVPrinter csv) {
        this.csv = csv;
    }

    /** Goes on at the end of {@code file}. */
    static FleetCsv goOn(Path file) throws IOException {
        return new FleetCsv(RoundsCsv.goOn(file));
    }

    void append(Iterable<FleetHour> hours) throws IOException {
        for (FleetHour hour : hours) {
            csv.printRecord(hour.start(), hour.eligible(), hour.sampled(), hour.working(), hour.coveredSeconds());
        }
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close(true);
    }
}
