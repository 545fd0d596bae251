package dev.starling.data;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a scenario must fit, as far as it shows without splitting the data.
 *
 * @param shape after featurization
 * @param indexed features that are indices of categories, with what they are called and how many there are
 * @param notes what is worth telling
 */
public record DataOutline(DataShape shape, Map<Integer, Indexed> indexed, DataNotes notes) {

    public DataOutline {
        indexed = Map.copyOf(indexed);
    }

    /** A categorical column that the model sees as an index 0 … {@code categories} − 1. */
    public record Indexed(String name, int categories) {}

    static DataOutline of(DataShape shape) {
        return new DataOutline(shape, Map.of(), DataNotes.NONE);
    }

    static Map<Integer, Indexed> indexed(Featurizer featurizer, Columns columns) {
        Map<Integer, Indexed> indexed = new TreeMap<>();
        int feature = 0;
        for (int i = 0; i < featurizer.columns().size(); i++) {
            Featurizer.Column column = featurizer.columns().get(i);
            Featurizer.Column inside = column instanceof Featurizer.Filled filled ? filled.column() : column;
            if (inside instanceof Featurizer.CategoryIndex index) {
                indexed.put(
                        feature, new Indexed(columns.name(i), index.categories().size()));
            }
            feature += column.width();
        }
        return indexed;
    }
}
