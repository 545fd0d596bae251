package dev.starling.data;

import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Standardization;
import dev.starling.data.Featurizer.Affine;
import dev.starling.data.Featurizer.CategoryIndex;
import dev.starling.data.Featurizer.Column;
import dev.starling.data.Featurizer.OneHot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Fits a {@link Featurizer} on some rows of a table. */
final class FeatureFitting {

    private FeatureFitting() {}

    /** For tables: as below, every column by itself. */
    static Featurizer fit(Table table, int[] rows, Set<Integer> categorical, Features features) {
        return fit(table, rows, categorical, features, new DataShape(List.of(table.columns()), 1, true));
    }

    /**
     * @param rows the rows to fit on: those of the proxy data, or all if there is none
     * @param shape of a row; that of images tells which columns are one channel
     */
    static Featurizer fit(Table table, int[] rows, Set<Integer> categorical, Features features, DataShape shape) {
        List<Column> columns = new ArrayList<>(table.columns());
        Affine scaled = new Affine(0, (float) features.scale());
        int together = features.standardization() == Standardization.CHANNEL
                ? table.columns() / shape.input().get(0)
                : 1;
        for (int column = 0; column < table.columns(); column++) {
            if (categorical.contains(column)) {
                columns.add(categories(table, rows, column, features.categories()));
            } else if (features.standardization() == Standardization.NONE) {
                columns.add(scaled);
            } else if (column % together == 0) {
                columns.add(standardized(table, rows, column, together, scaled.factor()));
            } else {
                columns.add(columns.get(column - 1));
            }
        }
        return new Featurizer(columns);
    }

    private static Column categories(Table table, int[] rows, int column, Categories form) {
        TreeSet<Float> values = new TreeSet<>();
        for (int row : rows) {
            values.add(table.cell(row, column));
        }
        List<Float> sorted = List.copyOf(values);
        return form == Categories.ONE_HOT ? new OneHot(sorted) : new CategoryIndex(sorted);
    }

    /**
     * Population deviation of {@code count} columns together. Columns that never vary tell nothing: they become 0,
     * whatever their factor.
     */
    private static Affine standardized(Table table, int[] rows, int first, int count, float scale) {
        double sum = 0;
        for (int row : rows) {
            for (int column = first; column < first + count; column++) {
                sum += table.cell(row, column);
            }
        }
        double cells = Math.max(1, (double) rows.length * count);
        double mean = sum / cells;
        double squares = 0;
        for (int row : rows) {
            for (int column = first; column < first + count; column++) {
                double difference = table.cell(row, column) - mean;
                squares += difference * difference;
            }
        }
        double deviation = Math.sqrt(squares / cells);
        return new Affine((float) mean, deviation > 0 ? (float) (1 / deviation) : scale);
    }
}
