package dev.starling.cli;

import dev.starling.coordinator.FleetPlans;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.Workload;
import dev.starling.scenario.Scenario;
import java.io.PrintStream;
import java.util.Locale;

/** The table of classes that {@code starling fleet} prints. */
final class FleetClasses {

    private static final String ROW = "  %-14s %7s %8s %10s %10s %9s %9s %8s %9s  %s%n";

    private FleetClasses() {}

    static void print(Scenario scenario, FleetPlans fleet, PrintStream out) {
        Workload workload = fleet.workload();
        out.printf(
                "%s: %s devices; a device needs %s of memory, downloads %s and uploads %s%n%n",
                scenario.name(),
                Figures.count(scenario.fleet().devices()),
                Figures.bytes(workload.memoryBytes()),
                Figures.bytes((double) workload.downBytes()),
                Figures.bytes((double) workload.upBytes()));
        out.printf(ROW, "class", "share", "GFLOP/s", "down/s", "up/s", "memory", "battery", "compute", "drop-out", "");
        for (DeviceClass kind : scenario.fleet().classes()) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    kind.name(),
                    percent(kind.share()),
                    String.format(Locale.ROOT, "%.3g", kind.flopsPerSecond() / 1e9),
                    Figures.bytes(kind.downBytesPerSecond()),
                    Figures.bytes(kind.upBytesPerSecond()),
                    Figures.bytes(kind.memoryBytes()),
                    String.format(Locale.ROOT, "%.0f kJ", kind.power().batteryJoules() / 1000),
                    String.format(Locale.ROOT, "%.1f W", kind.power().computeWatts()),
                    percent(kind.dropOut()),
                    kind.memoryBytes() < workload.memoryBytes() ? "too small, never asked" : "");
        }
        if (fleet.tooSmall() > 0) {
            out.printf("%n  %s devices cannot hold the model and a batch%n", Figures.count(fleet.tooSmall()));
        }
        out.println();
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
