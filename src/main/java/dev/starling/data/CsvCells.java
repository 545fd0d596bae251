package dev.starling.data;

import dev.starling.base.Problem;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.MissingValues.Categorical;
import dev.starling.data.MissingValues.Numerical;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The texts of a table as numbers; every cell that cannot be one is reported with its line, column and value. Missing
 * values that something else will stand for are NaN.
 */
final class CsvCells {

    /** After so many a reader knows; a file with the wrong columns would give one for every row. */
    private static final int MAX_PROBLEMS = 20;

    /** Whole numbers up to here are told apart by floats. */
    private static final int MAX_CATEGORIES = 1 << 24;

    private static final int SHOWN_CLASSES = 10;

    private final CsvTable table;
    private final String file;
    private final CsvNumbers numbers;
    private final MissingValues missing;

    CsvCells(CsvTable table, Csv source) {
        this.table = table;
        this.file = source.file().toString();
        this.numbers = new CsvNumbers(source.decimal());
        this.missing = source.missing();
    }

    /** The numbers of an input column. */
    float[] numbers(int column, List<Problem> problems) {
        return numbers(column, missing.numerical() != Numerical.REFUSE, "numerical", "", problems);
    }

    /** The numbers to predict. */
    float[] targets(int column, List<Problem> problems) {
        return numbers(
                column, false, "target", ": for class labels, data.source.target-classes must say how many", problems);
    }

    private float[] numbers(int column, boolean gaps, String role, String textHint, List<Problem> problems) {
        float[] values = new float[table.rows()];
        for (int row = 0; row < values.length; row++) {
            String text = table.cell(row, column);
            Optional<Float> value = numbers.numberOrFlag(text);
            values[row] = value.orElse(Float.NaN);
            if (value.isEmpty() && !(gaps && missing.holds(text))) {
                String hint = missing.holds(text) ? saysMissing(role) : numbers.hint(text);
                report(row, column, "must be a finite number", text, hint.isEmpty() ? textHint : hint, problems);
            }
        }
        return values;
    }

    /**
     * Categories are told apart by their texts: they keep their values if all are numbers that floats tell apart too,
     * else they become their place among the sorted distinct texts.
     */
    float[] categories(int column, List<Problem> problems) {
        List<String> texts = table.column(column).stream().map(this::category).toList();
        Set<String> distinct = new TreeSet<>(texts);
        if (missing.categorical() == Categorical.REFUSE && distinct.contains("")) {
            for (int row = 0; row < texts.size(); row++) {
                if (texts.get(row).isEmpty()) {
                    report(row, column, "must name a category", "", saysMissing("categorical"), problems);
                }
            }
        } else if (missing.categorical() == Categorical.MOST_COMMON) {
            distinct.remove("");
        }
        if (distinct.size() > MAX_CATEGORIES) {
            problems.add(new Problem(
                    file,
                    "column " + table.name(column) + " must have at most " + MAX_CATEGORIES + " categories, got "
                            + distinct.size()));
        }
        Map<String, Float> values = asNumbers(distinct);
        if (values.isEmpty()) {
            for (String text : distinct) {
                values.put(text, (float) values.size());
            }
        }
        float[] cells = new float[texts.size()];
        for (int row = 0; row < cells.length; row++) {
            cells[row] = values.getOrDefault(texts.get(row), Float.NaN);
        }
        return cells;
    }

    /** Without a rule for missing values, only an empty cell is one: NA may be a country. */
    private String category(String text) {
        return missing.categorical() != Categorical.REFUSE && missing.holds(text) ? "" : text;
    }

    /** The numbers that all of {@code texts} are; empty if one is none, or if two are the same as floats. */
    private Map<String, Float> asNumbers(Set<String> texts) {
        Map<String, Float> values = new HashMap<>();
        Set<Float> distinct = new HashSet<>();
        for (String text : texts) {
            Optional<Float> value = numbers.number(text);
            if (value.isEmpty() || !distinct.add(value.get())) {
                return new HashMap<>();
            }
            values.put(text, value.get());
        }
        return values;
    }

    /** The classes of the target: whole numbers, or texts with what they are called. */
    Labels labels(int column, Csv source, List<Problem> problems) {
        List<String> names = source.classNames();
        if (!names.isEmpty()) {
            return named(column, names, " (data.source.class-names)", problems);
        }
        List<String> texts = table.column(column);
        if (texts.stream()
                .noneMatch(text -> text.isEmpty() || numbers.number(text).isPresent())) {
            List<String> sorted = List.copyOf(new TreeSet<>(texts));
            if (sorted.size() != source.classes()) {
                String shown = sorted.size() > SHOWN_CLASSES
                        ? sorted.subList(0, SHOWN_CLASSES) + " and others"
                        : sorted.toString();
                problems.add(new Problem(
                        file,
                        "column " + table.name(column) + " has " + sorted.size() + " classes " + shown
                                + ": data.source.target-classes must be " + sorted.size() + ", got "
                                + source.classes()));
            }
            return named(column, sorted, "", problems);
        }
        return new Labels(Answers.labels(whole(column, source.classes(), problems)), List.of());
    }

    private int[] whole(int column, int classes, List<Problem> problems) {
        int[] labels = new int[table.rows()];
        for (int row = 0; row < labels.length; row++) {
            String text = table.cell(row, column);
            float value = numbers.number(text).orElse(-1f);
            labels[row] = (int) value;
            if (labels[row] != value || value < 0 || value >= classes) {
                String hint = text.isEmpty()
                        ? saysMissing("target")
                        : ": other labels are named in their order by data.source.class-names";
                report(row, column, "must be a label from 0 to " + (classes - 1), text, hint, problems);
            }
        }
        return labels;
    }

    private Labels named(int column, List<String> names, String given, List<Problem> problems) {
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.putIfAbsent(name, places.size()));
        int[] labels = new int[table.rows()];
        for (int row = 0; row < labels.length; row++) {
            String text = table.cell(row, column);
            labels[row] = places.getOrDefault(text, 0);
            if (!places.containsKey(text)) {
                String hint = text.isEmpty() ? saysMissing("target") : "";
                report(row, column, "must be one of " + names + given, text, hint, problems);
            }
        }
        return new Labels(Answers.labels(labels), names);
    }

    /**
     * Class labels.
     *
     * @param names what class 0, 1, … is called; empty if the file has numbers
     */
    record Labels(Answers answers, List<String> names) {}

    private static String saysMissing(String role) {
        return ": a missing value; data.source.missing." + role + " says what to do with those";
    }

    private void report(int row, int column, String rule, String value, String hint, List<Problem> problems) {
        if (problems.size() < MAX_PROBLEMS) {
            String place = file + ": line " + table.line(row) + ", column " + table.name(column);
            problems.add(new Problem(place, rule + ", got \"" + shortened(value) + "\"" + hint));
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 77) + "...";
    }
}
