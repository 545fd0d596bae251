package dev.starling.data;

import java.util.List;

/**
 * Turns a raw row into the floats that the model sees. Fitted once on the proxy data, ships with the base model, and
 * is the same code on coordinator and device.
 *
 * @param columns one rule per raw column, in order
 */
public record Featurizer(List<Column> columns) {

    public Featurizer {
        columns = List.copyOf(columns);
    }

    /** What happens to one raw column. */
    public sealed interface Column {

        /** Floats that this column becomes. */
        int width();
    }

    /** (value − mean) × factor: standardization, plain scaling (mean 0) or identity (mean 0, factor 1). */
    public record Affine(float mean, float factor) implements Column {
        @Override
        public int width() {
            return 1;
        }
    }

    /** The index of the value in {@code categories}, as one float; an unseen value becomes index 0. */
    public record CategoryIndex(List<Float> categories) implements Column {
        public CategoryIndex {
            categories = List.copyOf(categories);
        }

        @Override
        public int width() {
            return 1;
        }
    }

    /** 1 at the place of the value in {@code categories}, 0 elsewhere; an unseen value becomes all 0. */
    public record OneHot(List<Float> categories) implements Column {
        public OneHot {
            categories = List.copyOf(categories);
        }

        @Override
        public int width() {
            return categories.size();
        }
    }

    /** A column that misses values (NaN): {@code value}, raw as the others, takes their place. */
    public record Filled(Column column, float value) implements Column {
        @Override
        public int width() {
            return column.width();
        }
    }

    /** Floats per featurized row. */
    public int width() {
        return Math.toIntExact(columns.stream().mapToLong(Column::width).sum());
    }
}
