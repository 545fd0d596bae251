package dev.starling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVRecord;

/** Audits what is said of devices, one by one and together: against the rounds, and against each other. */
final class DeviceBooks extends Audit {

    private final List<CSVRecord> devices;
    private final List<CSVRecord> rounds;
    private final JsonNode summary;

    DeviceBooks(List<CSVRecord> devices, List<CSVRecord> rounds, JsonNode summary) {
        this.devices = devices;
        this.rounds = rounds;
        this.summary = summary;
        devices();
        costs();
        ownData();
    }

    private void devices() {
        for (CSVRecord row : devices) {
            String name = "device " + row.get("device") + " ";
            for (String figure : List.of("Joules", "Bytes", "DeviceSeconds", "MeteredBytes")) {
                String all = Character.toLowerCase(figure.charAt(0)) + figure.substring(1);
                check(of(row, "wasted" + figure) >= 0, name + "wastes less than nothing: " + figure);
                check(of(row, all) >= 0, name + all + " is negative");
                check(
                        of(row, "wasted" + figure) <= of(row, all) * (1 + 1e-12),
                        name + "wastes more than all its " + all);
            }
            check(of(row, "radioJoules") <= of(row, "joules"), name + "radio takes more than all its joules");
            check(
                    of(row, "wastedJoules") + of(row, "underWayJoules") <= of(row, "joules") * (1 + 1e-12),
                    name + "joules wasted and under way are more than all");
            check(of(row, "meteredBytes") <= of(row, "bytes"), name + "metered bytes are more than all");
            check(of(row, "reportedRounds") <= of(row, "askedRounds"), name + "reports more than it was asked");
            boolean rehearsed = summary.get("rehearsed").booleanValue();
            check(
                    !rehearsed || Set.of("rehearsed", "fresh").contains(row.get("state")),
                    name + "is " + row.get("state"));
        }
        same(sum(devices, "askedRounds"), sum(rounds, "askedDevices"), "rounds in which devices were asked");
        same(sum(devices, "reportedRounds"), sum(rounds, "reportedDevices"), "rounds in which devices reported");
        same(sum(devices, "bytes"), sum(rounds, "downBytes", "upBytes"), "bytes of all devices");
        for (String column : List.of(
                "joules", "wastedJoules", "wastedBytes", "meteredBytes", "deviceSeconds", "wastedDeviceSeconds")) {
            same(sum(devices, column), sum(rounds, column), column + " of all devices");
        }
    }

    private void costs() {
        List<CSVRecord> asked =
                devices.stream().filter(row -> of(row, "askedRounds") > 0).toList();
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
        same(
                found.get("radioJoules").doubleValue()
                        + found.get("computeJoules").doubleValue(),
                sum(of, "joules"),
                "costs: joules");
        spread(found.get("joulesPerDevice"), of, "joules");
        spread(found.get("wastedJoulesPerDevice"), of, "wastedJoules");
        spread(found.get("bytesPerDevice"), of, "bytes");
        spread(found.get("meteredBytesPerDevice"), of, "meteredBytes");
    }

    /** Mean, extremes, median and nearest ranks, from their definitions. */
    private void spread(JsonNode found, List<CSVRecord> rows, String column) {
        double[] values =
                rows.stream().mapToDouble(row -> of(row, column)).sorted().toArray();
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
                (double) devices.stream()
                        .filter(row -> !row.get("heldOutExamples").isEmpty())
                        .count(),
                "evaluated devices");
        boolean sessions = devices.stream().anyMatch(row -> row.get("state").equals("personal"));
        List<CSVRecord> counted = devices.stream()
                .filter(row -> !row.get("state").equals("fresh")
                        && !(sessions && row.get("state").equals("trained")))
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
}
