package dev.starling.cli;

import dev.starling.coordinator.FleetPlans;
import dev.starling.fleet.CapacitySettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.DeviceProfile;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.Workload;
import dev.starling.scenario.Scenario;
import java.io.PrintStream;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The table of classes that {@code starling fleet} prints. */
final class FleetClasses {

    private static final String ROW = "  %-12s %7s %7s %7s %7s %7s %7s %7s %8s";

    private FleetClasses() {}

    static void print(Scenario scenario, FleetPlans fleet, PrintStream out) {
        Workload workload = fleet.workload();
        boolean recorded = fleet.fleet().capacities() > 0;
        out.printf(
                "%s: %s devices%na device needs %s of memory, downloads %s and uploads %s%n%n",
                scenario.name(),
                Figures.count(scenario.fleet().devices()),
                Figures.bytes(workload.memoryBytes()),
                Figures.bytes((double) workload.downBytes()),
                Figures.bytes((double) workload.upBytes()));
        out.printf(
                ROW + "%n", "class", "share", "FLOP/s", "down/s", "up/s", "memory", "battery", "compute", "drop-out");
        for (DeviceClass kind : scenario.fleet().classes()) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    kind.name(),
                    percent(kind.share()),
                    recorded ? "-" : Figures.scaled(kind.flopsPerSecond()),
                    recorded ? "-" : Figures.bytes(kind.downBytesPerSecond()),
                    recorded ? "-" : Figures.bytes(kind.upBytesPerSecond()),
                    Figures.bytes(kind.memoryBytes()),
                    String.format(Locale.ROOT, "%.0f kJ", kind.power().batteryJoules() / 1000),
                    String.format(Locale.ROOT, "%.1f W", kind.power().computeWatts()),
                    percent(kind.dropOut()));
            out.println(kind.memoryBytes() < workload.memoryBytes() ? "  too small, never asked" : "");
        }
        if (fleet.tooSmall() > 0) {
            out.printf("%n  %s devices cannot hold the model and a batch%n", Figures.count(fleet.tooSmall()));
        }
        scenario.fleet().capacities().ifPresent(table -> capacities(table, fleet.fleet(), out));
        out.println();
    }

    private static void capacities(CapacitySettings table, Fleet fleet, PrintStream out) {
        List<DeviceProfile> rows = IntStream.range(0, Math.min(fleet.capacities(), fleet.devices()))
                .mapToObj(fleet::profile)
                .toList();
        DoubleSummaryStatistics speed =
                rows.stream().mapToDouble(DeviceProfile::flopsPerSecond).summaryStatistics();
        DoubleSummaryStatistics network =
                rows.stream().mapToDouble(DeviceProfile::downBytesPerSecond).summaryStatistics();
        out.printf(
                "%n  speed and bandwidth as of %s devices in %s: %s to %s FLOP/s,%n  %s/s to %s/s%n",
                Figures.count(fleet.capacities()),
                table.file().getFileName(),
                Figures.scaled(speed.getMin()),
                Figures.scaled(speed.getMax()),
                Figures.bytes(network.getMin()),
                Figures.bytes(network.getMax()));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
