package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Standardization;
import dev.starling.data.Featurizer.Affine;
import dev.starling.data.Featurizer.CategoryIndex;
import dev.starling.data.Featurizer.Column;
import dev.starling.data.Featurizer.Filled;
import dev.starling.data.Featurizer.OneHot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Fits a {@link Featurizer} on some rows of a table. Means, deviations and what stands for missing values come from
 * those rows alone. Which categories there are comes from all rows, those of the test set too: the rows that the
 * coordinator has may lack rare ones, and that a category exists says nothing about any answer.
 */
final class FeatureFitting {

    private final DataSet data;
    private final int[] rows;
    private final Features features;

    private FeatureFitting(DataSet data, int[] rows, Features features) {
        this.data = data;
        this.rows = rows;
        this.features = features;
    }

    /** For tables without a test set: as below, every column by itself. */
    static Featurizer fit(Table table, int[] rows, Set<Integer> categorical, Features features) {
        return fit(table, rows, categorical, features, new DataShape(List.of(table.columns()), 1, true));
    }

    /** As below, without a test set. */
    static Featurizer fit(Table table, int[] rows, Set<Integer> categorical, Features features, DataShape shape) {
        Table none = table.rows(new int[0]);
        Columns columns = Columns.of(categorical);
        return fit(
                new DataSet("", table, none, shape, columns, Optional.empty(), Optional.empty(), DataNotes.NONE),
                rows,
                features);
    }

    /**
     * @param data its shape, if that of images, tells which columns are one channel
     * @param rows the training rows to fit on: those of the proxy data, or all if there is none
     */
    static Featurizer fit(DataSet data, int[] rows, Features features) {
        return new FeatureFitting(data, rows, features).fit();
    }

    private Featurizer fit() {
        Table table = data.train();
        List<Column> columns = new ArrayList<>(table.columns());
        Affine scaled = new Affine(0, (float) features.scale());
        int together = features.standardization() == Standardization.CHANNEL
                ? table.columns() / data.shape().input().get(0)
                : 1;
        for (int column = 0; column < table.columns(); column++) {
            if (data.columns().categorical().contains(column)) {
                columns.add(filled(categories(column), column, true));
            } else if (features.standardization() == Standardization.NONE) {
                columns.add(filled(scaled, column, false));
            } else if (column % together == 0) {
                columns.add(filled(standardized(column, together, scaled.factor()), column, false));
            } else {
                columns.add(columns.get(column - 1));
            }
        }
        return new Featurizer(columns);
    }

    private Column categories(int column) {
        TreeSet<Float> values = new TreeSet<>();
        for (Table table : List.of(data.train(), data.test())) {
            for (int row = 0; row < table.rows(); row++) {
                if (!Float.isNaN(table.cell(row, column))) {
                    values.add(table.cell(row, column));
                }
            }
        }
        List<Float> sorted = List.copyOf(values);
        return features.categories() == Categories.ONE_HOT ? new OneHot(sorted) : new CategoryIndex(sorted);
    }

    /**
     * Population deviation of {@code count} columns together, of the values that are there. Columns that never vary
     * tell nothing: they become 0, whatever their factor.
     */
    private Affine standardized(int first, int count, float scale) {
        Table table = data.train();
        double sum = 0;
        long missing = 0;
        for (int row : rows) {
            for (int column = first; column < first + count; column++) {
                float value = table.cell(row, column);
                if (Float.isNaN(value)) {
                    missing++;
                } else {
                    sum += value;
                }
            }
        }
        double cells = Math.max(1, (double) rows.length * count - missing);
        double mean = sum / cells;
        double squares = 0;
        for (int row : rows) {
            for (int column = first; column < first + count; column++) {
                float value = table.cell(row, column);
                double difference = Float.isNaN(value) ? 0 : value - mean;
                squares += difference * difference;
            }
        }
        double deviation = Math.sqrt(squares / cells);
        return new Affine((float) mean, deviation > 0 ? (float) (1 / deviation) : scale);
    }

    /** {@code fitted} with what stands for the values that {@code column} misses, if it misses any. */
    private Column filled(Column fitted, int column, boolean category) {
        if (!data.columns().gaps() || !(misses(data.train(), column) || misses(data.test(), column))) {
            return fitted;
        }
        float[] present = presentValues(column);
        if (present.length == 0) {
            throw new InputException(
                    data.name(),
                    "column " + data.columns().name(column) + " has no value in the " + rows.length
                            + " rows that what is missing is fitted on: raise data.proxy, or leave the column out");
        }
        return new Filled(fitted, category ? Filling.mostCommon(present) : number(present));
    }

    private float number(float[] present) {
        return switch (data.columns().missingNumbers()) {
            case MEDIAN -> Filling.median(present);
            case MOST_COMMON -> Filling.mostCommon(present);
            default -> Filling.mean(present);
        };
    }

    private static boolean misses(Table table, int column) {
        return IntStream.range(0, table.rows()).anyMatch(row -> Float.isNaN(table.cell(row, column)));
    }

    /** Sorted. */
    private float[] presentValues(int column) {
        double[] sorted = IntStream.of(rows)
                .mapToDouble(row -> data.train().cell(row, column))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        float[] present = new float[sorted.length];
        for (int i = 0; i < present.length; i++) {
            present[i] = (float) sorted[i];
        }
        return present;
    }
}
