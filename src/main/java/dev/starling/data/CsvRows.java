package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.MissingValues.Categorical;
import dev.starling.data.MissingValues.Numerical;
import dev.starling.data.MissingValues.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Leaves out the rows of a table that miss what the scenario will not do without, and counts them. */
final class CsvRows {

    private static final int SHOWN_LINES = 5;

    private final CsvTable table;
    private final Csv source;
    private final boolean[] kept;
    private final Map<Integer, Integer> missedIn = new LinkedHashMap<>();

    private CsvRows(CsvTable table, Csv source) {
        this.table = table;
        this.source = source;
        this.kept = new boolean[table.rows()];
        Arrays.fill(kept, true);
    }

    /**
     * What is left of a table.
     *
     * @param remarks how many rows were left out, and why; empty if all are there
     */
    record Left(CsvTable table, List<String> remarks) {}

    static Left of(CsvTable table, Csv source, List<Integer> numerical, List<Integer> categorical, int target) {
        CsvRows rows = new CsvRows(table, source);
        MissingValues missing = source.missing();
        if (missing.numerical() == Numerical.DROP_ROW) {
            numerical.forEach(rows::dropMissing);
        }
        if (missing.categorical() == Categorical.DROP_ROW) {
            categorical.forEach(rows::dropMissing);
        }
        if (missing.target() == Target.DROP_ROW) {
            rows.dropMissing(target);
        }
        return rows.left();
    }

    private void dropMissing(int column) {
        for (int row = 0; row < kept.length; row++) {
            if (source.missing().holds(table.cell(row, column))) {
                kept[row] = false;
                missedIn.merge(column, 1, Integer::sum);
            }
        }
    }

    private Left left() {
        int[] dropped =
                IntStream.range(0, kept.length).filter(row -> !kept[row]).toArray();
        if (dropped.length == 0) {
            return new Left(table, List.of());
        }
        List<String> counts = new ArrayList<>();
        missedIn.forEach((column, count) -> counts.add(count + " in column " + table.name(column)));
        String lines = IntStream.of(dropped)
                .limit(SHOWN_LINES)
                .mapToObj(row -> String.valueOf(table.line(row)))
                .collect(Collectors.joining(", "));
        String said = dropped.length + " of " + kept.length + " rows left out, for they miss values: "
                + String.join(", ", counts) + " (" + (dropped.length == 1 ? "line " : "lines ") + lines
                + (dropped.length > SHOWN_LINES ? ", ..." : "") + ")";
        if (dropped.length == kept.length) {
            throw new InputException(source.file().toString(), "must have rows that miss nothing, got " + said);
        }
        return new Left(table.only(kept), List.of(source.file() + ": " + said));
    }
}
