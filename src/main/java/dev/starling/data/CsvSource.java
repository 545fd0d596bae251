package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.ByColumn;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table with numerical, categorical and target columns. Raw columns are the numerical ones, then the categorical
 * ones, in the order of the scenario. Categories that are all numbers keep their values; others become their place
 * among the sorted distinct texts of the column.
 */
final class CsvSource {

    private CsvSource() {}

    static DataSet read(Csv source, Partition partition) {
        CsvTable table = CsvTable.read(source);
        CsvCells cells = new CsvCells(table, source.file().toString());
        List<Problem> problems = new ArrayList<>();
        List<Integer> numerical = columns(source.numerical(), "numerical", table, source, problems);
        List<Integer> categorical = columns(source.categorical(), "categorical", table, source, problems);
        List<Integer> target = columns(List.of(source.target()), "target", table, source, problems);
        List<Integer> group = partition instanceof ByColumn column
                ? columns(List.of(column.column()), "partition", table, source, problems)
                : List.of();
        requireDifferent(numerical, categorical, target, table, source, problems);
        stopIfAny(problems);

        int width = numerical.size() + categorical.size();
        float[] rows = new float[Math.multiplyExact(table.rows(), width)];
        for (int i = 0; i < numerical.size(); i++) {
            put(cells.numbers(numerical.get(i), problems), rows, i, width);
        }
        for (int i = 0; i < categorical.size(); i++) {
            put(cells.categories(categorical.get(i), problems), rows, numerical.size() + i, width);
        }
        Answers answers = source.classes() == 0
                ? Answers.targets(cells.numbers(target.get(0), problems), 1)
                : Answers.labels(cells.labels(target.get(0), source.classes(), problems));
        stopIfAny(problems);
        Optional<Groups> groups = group.stream().findFirst().map(column -> Groups.of(table.column(column)));
        return split(source, Table.of(width, rows, answers), numerical.size(), groups);
    }

    /** Training rows and test rows both keep the order of the file. */
    private static DataSet split(Csv source, Table all, int numerical, Optional<Groups> groups) {
        int testRows = (int) Math.round(all.rows() * source.testShare());
        int[] test = Rows.choose(all.rows(), testRows, new Seeds(source.splitSeed()).of(Purpose.PARTITION));
        int[] train = Rows.without(all.rows(), test);
        boolean classification = source.classes() > 0;
        return new DataSet(
                source.file().toString(),
                all.rows(train),
                all.rows(test),
                new DataShape(List.of(all.columns()), classification ? source.classes() : 1, classification),
                Set.copyOf(IntStream.range(numerical, all.columns()).boxed().toList()),
                Optional.empty(),
                groups.map(values -> values.rows(train)));
    }

    private static List<Integer> columns(
            List<String> names, String role, CsvTable table, Csv source, List<Problem> problems) {
        List<Integer> found = new ArrayList<>();
        for (String name : names) {
            Optional<Integer> index = table.index(name);
            index.ifPresent(found::add);
            if (index.isEmpty()) {
                problems.add(new Problem(
                        source.file().toString(), role + " column " + name + " must be one of " + table.columnNames()));
            }
        }
        return found;
    }

    private static void requireDifferent(
            List<Integer> numerical,
            List<Integer> categorical,
            List<Integer> target,
            CsvTable table,
            Csv source,
            List<Problem> problems) {
        Set<Integer> seen = new HashSet<>();
        for (List<Integer> role : List.of(numerical, categorical, target)) {
            for (int column : role) {
                if (!seen.add(column)) {
                    problems.add(new Problem(
                            source.file().toString(),
                            "column " + table.name(column)
                                    + " must be named once among numerical, categorical and target, got it again"));
                }
            }
        }
        if (numerical.isEmpty() && categorical.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(
                    source.file().toString(), "needs at least one numerical or categorical column, got none"));
        }
    }

    private static void put(float[] values, float[] rows, int column, int width) {
        for (int row = 0; row < values.length; row++) {
            rows[row * width + column] = values[row];
        }
    }

    private static void stopIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
    }
}
