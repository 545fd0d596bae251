package dev.starling.data;

import dev.starling.data.Featurizer.Affine;
import dev.starling.data.Featurizer.CategoryIndex;
import dev.starling.data.Featurizer.Column;
import dev.starling.data.Featurizer.OneHot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link Featurizer} unrolled into arrays: the one place where raw cells become features. */
final class RowFeaturizer {

    private static final int BLOCK = 1024;

    private final List<Column> columns;
    private final int width;
    private final boolean affine;
    private final float[] means;
    private final float[] factors;

    RowFeaturizer(Featurizer featurizer) {
        columns = featurizer.columns();
        width = featurizer.width();
        affine = columns.stream().allMatch(Affine.class::isInstance);
        means = new float[columns.size()];
        factors = new float[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Affine column) {
                means[i] = column.mean();
                factors[i] = column.factor();
            }
        }
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

    /** Writes the features of one raw row to {@code to[at … at+width-1]}. */
    void write(float[] row, float[] to, int at) {
        if (affine) {
            for (int i = 0; i < means.length; i++) {
                to[at + i] = (row[i] - means[i]) * factors[i];
            }
            return;
        }
        int next = at;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column instanceof CategoryIndex index) {
                to[next] = Math.max(0, index.categories().indexOf(row[i]));
            } else if (column instanceof OneHot oneHot) {
                writeOneHot(oneHot, row[i], to, next);
            } else {
                to[next] = (row[i] - means[i]) * factors[i];
            }
            next += column.width();
        }
    }

    private static void writeOneHot(OneHot column, float value, float[] to, int at) {
        Arrays.fill(to, at, at + column.width(), 0);
        int index = column.categories().indexOf(value);
        if (index >= 0) {
            to[at + index] = 1;
        }
    }
}
