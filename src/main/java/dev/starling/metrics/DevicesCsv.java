package dev.starling.metrics;

import dev.starling.model.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVPrinter;

/** {@code devices.csv}: one row a device, at the end of a run. Empty cells: the device was not evaluated, or holds nothing back. */
final class DevicesCsv {

    private static final String[] HEADER = {
        "device",
        "class",
        "trainingExamples",
        "heldOutExamples",
        "askedRounds",
        "reportedRounds",
        "lastVersion",
        "state",
        "baseLoss",
        "baseAccuracyShare",
        "baseMae",
        "personalLoss",
        "personalAccuracyShare",
        "personalMae",
        "baseRmse",
        "personalRmse",
        "beforeUpdateLoss",
        "beforeUpdateAccuracyShare",
        "beforeUpdateMae",
        "afterUpdateLoss",
        "afterUpdateAccuracyShare",
        "afterUpdateMae",
        "joules",
        "radioJoules",
        "wastedJoules",
        "bytes",
        "wastedBytes",
        "meteredBytes",
        "wastedMeteredBytes",
        "underWayJoules",
        "underWayBytes",
        "deviceSeconds",
        "wastedDeviceSeconds"
    };

    private DevicesCsv() {}

    static void write(Path file, List<DeviceRecord> devices, boolean classification) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), RoundsCsv.format(HEADER))) {
            for (DeviceRecord device : devices) {
                Evaluation base = device.base();
                Evaluation personal = device.personal();
                Evaluation before = device.beforeUpdate();
                Evaluation after = device.afterUpdate();
                csv.printRecord(
                        device.device(),
                        device.className(),
                        device.trainingExamples(),
                        device.heldOutExamples() < 0 ? "" : device.heldOutExamples(),
                        device.asked(),
                        device.reported(),
                        device.lastVersion(),
                        device.state().name().toLowerCase(Locale.ROOT),
                        RoundsCsv.cell(base.loss()),
                        classification ? RoundsCsv.cell(base.accuracy()) : "",
                        classification ? "" : RoundsCsv.cell(base.mae()),
                        RoundsCsv.cell(personal.loss()),
                        classification ? RoundsCsv.cell(personal.accuracy()) : "",
                        classification ? "" : RoundsCsv.cell(personal.mae()),
                        classification ? "" : RoundsCsv.cell(base.rmse()),
                        classification ? "" : RoundsCsv.cell(personal.rmse()),
                        RoundsCsv.cell(before.loss()),
                        classification ? RoundsCsv.cell(before.accuracy()) : "",
                        classification ? "" : RoundsCsv.cell(before.mae()),
                        RoundsCsv.cell(after.loss()),
                        classification ? RoundsCsv.cell(after.accuracy()) : "",
                        classification ? "" : RoundsCsv.cell(after.mae()),
                        device.spent().joules(),
                        device.spent().radioJoules(),
                        device.wasted().joules(),
                        device.spent().bytes(),
                        device.wasted().bytes(),
                        device.spent().meteredBytes(),
                        device.wasted().meteredBytes(),
                        device.underWay().joules(),
                        device.underWay().bytes(),
                        device.spent().awakeSeconds(),
                        device.wasted().awakeSeconds());
            }
        }
    }
}
