package dev.starling.cli;

import dev.starling.cli.bench.ModelStoreBenchmark.Report;
import dev.starling.cli.bench.ModelStoreBenchmark.Result;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What the forms of the store take, beside what the baseline of MMlib takes for the same model: Strassenburg, Kupfer, Kersten and
 * Rabl, MMlib, EDBT 2022. Its figures follow from its formats: a snapshot of all values, 4 bytes each, and documents of the
 * architecture, the environment and the layers' hashes.
 */
final class ModelStoreTable {

    private static final String ROW = "%-18s %10s %10s %11s %10s %12s %12s%n";

    private ModelStoreTable() {}

    static void print(Report report, PrintStream out) {
        Result first = report.results().get(0);
        out.printf(
                Locale.ROOT,
                "%,d personal models of %,d parameters, trained from one base on %s; %,d recovered, at random%n",
                first.versions(),
                report.parameters(),
                report.houses() ? "Boston Housing" : "generated rows",
                first.recoveries());
        out.printf(ROW, "form", "bytes", "on disk", "bits/param", "models/s", "recover p50", "recover p99");
        for (Result result : report.results()) {
            out.printf(
                    ROW,
                    result.form(),
                    whole(result.payloadBytes()),
                    whole(result.diskBytes()),
                    String.format(Locale.ROOT, "%.2f", result.bitsPerParameter()),
                    whole(result.savedPerSecond()),
                    String.format(Locale.ROOT, "%.2f ms", result.recoveryMillisP50()),
                    String.format(Locale.ROOT, "%.2f ms", result.recoveryMillisP99()));
        }
        int values = 4 * report.parameters();
        out.printf(
                ROW,
                "MMlib baseline",
                whole(values),
                (values + 5_000) / 1000 + "-" + (values + 8_000) / 1000 + " kB",
                "32.00",
                "",
                "",
                "");
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
