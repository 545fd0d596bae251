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
import java.util.stream.Stream;

/**
 * A table with numerical, categorical and target columns. Raw columns are the numerical ones, then the categorical
 * ones, in the order of the scenario; {@link CsvCells} says what their cells become.
 */
final class CsvSource {

    private CsvSource() {}

    static DataSet read(Csv source, Partition partition) {
        CsvTable all = CsvTable.read(source);
        List<Problem> problems = new ArrayList<>();
        List<Integer> numerical = columns(source.numerical(), "numerical", all, source, problems);
        List<Integer> categorical = columns(source.categorical(), "categorical", all, source, problems);
        List<Integer> target = columns(List.of(source.target()), "target", all, source, problems);
        List<Integer> group = partition instanceof ByColumn column
                ? columns(List.of(column.column()), "partition", all, source, problems)
                : List.of();
        requireDifferent(numerical, categorical, target, all, source, problems);
        stopIfAny(problems);

        CsvRows.Left left = CsvRows.of(all, source, numerical, categorical, target.get(0));
        CsvTable table = left.table();
        CsvCells cells = new CsvCells(table, source);
        int width = numerical.size() + categorical.size();
        // No overflow: every value takes at least two bytes of a file of limited size.
        float[] rows = new float[table.rows() * width];
        for (int i = 0; i < numerical.size(); i++) {
            put(cells.numbers(numerical.get(i), problems), rows, i, width);
        }
        for (int i = 0; i < categorical.size(); i++) {
            put(cells.categories(categorical.get(i), problems), rows, numerical.size() + i, width);
        }
        Answers answers;
        List<String> classNames = List.of();
        if (source.classes() == 0) {
            answers = Answers.targets(cells.targets(target.get(0), problems), 1);
        } else {
            CsvCells.Labels labels = cells.labels(target.get(0), source, problems);
            answers = labels.answers();
            classNames = labels.names();
        }
        stopIfAny(problems);
        List<String> names = Stream.concat(numerical.stream(), categorical.stream())
                .map(table::plainName)
                .toList();
        Columns columns = new Columns(
                Set.copyOf(IntStream.range(numerical.size(), width).boxed().toList()),
                names,
                !source.missing().equals(MissingValues.REFUSED),
                source.missing().numerical());
        Optional<Groups> groups = group.stream().findFirst().map(column -> Groups.of(table.column(column)));
        return split(
                source, Table.of(width, rows, answers), columns, groups, new DataNotes(classNames, left.remarks()));
    }

    /** Training rows and test rows both keep the order of the file. */
    private static DataSet split(Csv source, Table all, Columns columns, Optional<Groups> groups, DataNotes notes) {
        int testRows = (int) Math.round(all.rows() * source.testShare());
        int[] test = Rows.choose(all.rows(), testRows, new Seeds(source.splitSeed()).of(Purpose.PARTITION));
        int[] train = Rows.without(all.rows(), test);
        boolean classification = source.classes() > 0;
        return new DataSet(
                source.file().toString(),
                all.rows(train),
                all.rows(test),
                new DataShape(List.of(all.columns()), classification ? source.classes() : 1, classification),
                columns,
                Optional.empty(),
                groups.map(values -> values.rows(train)),
                notes);
    }

    private static List<Integer> columns(
            List<String> names, String role, CsvTable table, Csv source, List<Problem> problems) {
        List<Integer> found = new ArrayList<>();
        for (String name : names) {
            Optional<Integer> index = table.index(name);
            index.ifPresent(found::add);
            if (table.named(name).size() > 1) {
                problems.add(new Problem(
                        source.file() + ": line 1",
                        "column " + name + " must appear once, is at " + table.named(name) + ": name it by its index"));
            }
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
