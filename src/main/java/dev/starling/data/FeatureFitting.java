package dev.starling.data;

import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
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

    /** @param rows the rows to fit on: those of the proxy data, or all if there is none */
    static Featurizer fit(Table table, int[] rows, Set<Integer> categorical, Features features) {
        List<Column> columns = new ArrayList<>(table.columns());
        Affine scaled = new Affine(0, (float) features.scale());
        for (int column = 0; column < table.columns(); column++) {
            if (categorical.contains(column)) {
                columns.add(categories(table, rows, column, features.categories()));
            } else {
                columns.add(features.standardize() ? standardized(table, rows, column, scaled.factor()) : scaled);
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

    /** Population deviation. A column that never varies tells nothing: it becomes 0, whatever its factor. */
    private static Affine standardized(Table table, int[] rows, int column, float scale) {
        double sum = 0;
        for (int row : rows) {
            sum += table.cell(row, column);
        }
        double mean = sum / Math.max(1, rows.length);
        double squares = 0;
        for (int row : rows) {
            double difference = table.cell(row, column) - mean;
            squares += difference * difference;
        }
        double deviation = Math.sqrt(squares / Math.max(1, rows.length));
        return new Affine((float) mean, deviation > 0 ? (float) (1 / deviation) : scale);
    }
}
