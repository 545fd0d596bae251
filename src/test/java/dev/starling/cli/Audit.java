package dev.starling.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVRecord;

/** Notes what is not as it should be, and goes on. */
abstract class Audit {

    private final List<String> problems = new ArrayList<>();

    final List<String> problems() {
        return List.copyOf(problems);
    }

    final void add(List<String> more) {
        problems.addAll(more);
    }

    final void check(boolean right, String what) {
        if (!right) {
            problems.add(what);
        }
    }

    final void same(double found, double right, String what) {
        check(
                Math.abs(found - right) <= 1e-9 * Math.max(1, Math.abs(right)),
                what + " must be " + right + ", is " + found);
    }

    static double of(CSVRecord row, String column) {
        return row.get(column).isEmpty() ? 0 : Double.parseDouble(row.get(column));
    }

    static double sum(List<CSVRecord> rows, String... columns) {
        return rows.stream()
                .mapToDouble(row -> DoubleStream.of(List.of(columns).stream()
                                .mapToDouble(column -> of(row, column))
                                .toArray())
                        .sum())
                .sum();
    }
}
