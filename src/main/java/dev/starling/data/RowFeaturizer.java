package dev.starling.data;

import dev.starling.data.Featurizer.Affine;
import dev.starling.data.Featurizer.CategoryIndex;
import dev.starling.data.Featurizer.Column;
import dev.starling.data.Featurizer.Filled;
import dev.starling.data.Featurizer.OneHot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A {@link Featurizer} unrolled into arrays: the one place where raw cells become features. */
final class RowFeaturizer {

    private static final int BLOCK = 1024;

    private final List<Column> columns;
    private final int width;
    private final boolean affine;
    private final float[] means;
    private final float[] factors;
    /** Where each category of a column stands. */
    private final List<Map<Float, Integer>> places;
    /** What stands for NaN; NaN in columns that miss nothing. */
    private final float[] fillings;

    private final boolean filled;

    RowFeaturizer(Featurizer featurizer) {
        columns = featurizer.columns().stream().map(RowFeaturizer::inside).toList();
        width = featurizer.width();
        affine = columns.stream().allMatch(Affine.class::isInstance);
        means = new float[columns.size()];
        factors = new float[columns.size()];
        fillings = new float[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Affine column) {
                means[i] = column.mean();
                factors[i] = column.factor();
            }
            fillings[i] = featurizer.columns().get(i) instanceof Filled missing ? missing.value() : Float.NaN;
        }
        places = columns.stream().map(RowFeaturizer::places).toList();
        filled = featurizer.columns().stream().anyMatch(Filled.class::isInstance);
    }

    private static Column inside(Column column) {
        return column instanceof Filled missing ? inside(missing.column()) : column;
    }

    private static Map<Float, Integer> places(Column column) {
        List<Float> categories = column instanceof CategoryIndex index
                ? index.categories()
                : column instanceof OneHot oneHot ? oneHot.categories() : List.of();
        Map<Float, Integer> places = new HashMap<>();
        for (int i = 0; i < categories.size(); i++) {
            places.putIfAbsent(categories.get(i), i);
        }
        return places;
    }

    int width() {
        return width;
    }

    /** All rows, [rows, width]. */
    float[] features(Table table) {
        if (table.columns() != columns.size()) {
            throw new IllegalArgumentException(
                    "featurizer has " + columns.size() + " columns, the data " + table.columns());
        }
        float[] features = new float[Math.multiplyExact(table.rows(), width)];
        // Rows do not depend on each other: blocks of them go to all cores.
        int blocks = (table.rows() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            float[] row = new float[table.columns()];
            for (int i = block * BLOCK; i < Math.min(table.rows(), (block + 1) * BLOCK); i++) {
                table.copyRow(i, row);
                write(row, features, i * width);
            }
        });
        return features;
    }

    /** Writes the features of one raw row, whose missing values it fills, to {@code to[at … at+width-1]}. */
    void write(float[] row, float[] to, int at) {
        if (filled) {
            for (int i = 0; i < fillings.length; i++) {
                row[i] = Float.isNaN(row[i]) ? fillings[i] : row[i];
            }
        }
        if (affine) {
            for (int i = 0; i < means.length; i++) {
                to[at + i] = (row[i] - means[i]) * factors[i];
            }
            return;
        }
        int next = at;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column instanceof CategoryIndex) {
                to[next] = places.get(i).getOrDefault(row[i], 0);
            } else if (column instanceof OneHot oneHot) {
                Arrays.fill(to, next, next + oneHot.width(), 0);
                int place = places.get(i).getOrDefault(row[i], -1);
                if (place >= 0) {
                    to[next + place] = 1;
                }
            } else {
                to[next] = (row[i] - means[i]) * factors[i];
            }
            next += column.width();
        }
    }
}
