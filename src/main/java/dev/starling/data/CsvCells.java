package dev.starling.data;

import dev.starling.base.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The texts of a table as numbers; every cell that cannot be one is reported with its line, column and value. */
final class CsvCells {

    /** After so many a reader knows; a file with the wrong columns would give one for every row. */
    private static final int MAX_PROBLEMS = 20;

    private final CsvTable table;
    private final String file;

    CsvCells(CsvTable table, String file) {
        this.table = table;
        this.file = file;
    }

    float[] numbers(int column, List<Problem> problems) {
        List<String> texts = table.column(column);
        float[] values = new float[texts.size()];
        for (int row = 0; row < values.length; row++) {
            Optional<Float> value = number(texts.get(row));
            values[row] = value.orElse(0f);
            if (value.isEmpty()) {
                report(row, column, "must be a finite number", texts.get(row), problems);
            }
        }
        return values;
    }

    float[] categories(int column, List<Problem> problems) {
        List<String> texts = table.column(column);
        for (int row = 0; row < texts.size(); row++) {
            if (texts.get(row).isEmpty()) {
                report(row, column, "must name a category", "", problems);
            }
        }
        if (texts.stream().allMatch(text -> number(text).isPresent())) {
            return numbers(column, problems);
        }
        List<String> distinct = List.copyOf(new TreeSet<>(texts));
        float[] values = new float[texts.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = Collections.binarySearch(distinct, texts.get(row));
        }
        return values;
    }

    int[] labels(int column, int classes, List<Problem> problems) {
        List<String> texts = table.column(column);
        int[] labels = new int[texts.size()];
        for (int row = 0; row < labels.length; row++) {
            float value = number(texts.get(row)).orElse(-1f);
            labels[row] = (int) value;
            if (labels[row] != value || value < 0 || value >= classes) {
                report(row, column, "must be a label from 0 to " + (classes - 1), texts.get(row), problems);
            }
        }
        return labels;
    }

    private void report(int row, int column, String rule, String value, List<Problem> problems) {
        if (problems.size() < MAX_PROBLEMS) {
            String place = file + ": line " + table.line(row) + ", column " + table.name(column);
            problems.add(new Problem(place, rule + ", got \"" + value + "\""));
        }
    }

    /** Decimal notation only: Java would also take 1f, 0x1p3 and NaN. */
    private static Optional<Float> number(String text) {
        if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            return Optional.empty();
        }
        float value = Float.parseFloat(text);
        return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
