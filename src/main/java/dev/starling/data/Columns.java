package dev.starling.data;

import dev.starling.data.MissingValues.Numerical;
import java.util.List;
import java.util.Set;

/**
 * What the raw columns of a table are.
 *
 * @param categorical columns whose values are names of categories
 * @param names how messages call the columns; empty if they are only numbered
 * @param gaps whether NaN stands for a value that is missing
 * @param missingNumbers what takes the place of a number that is missing
 */
record Columns(Set<Integer> categorical, List<String> names, boolean gaps, Numerical missingNumbers) {

    Columns {
        categorical = Set.copyOf(categorical);
        names = List.copyOf(names);
    }

    static Columns of(Set<Integer> categorical) {
        return new Columns(categorical, List.of(), false, Numerical.REFUSE);
    }

    String name(int column) {
        return names.isEmpty() ? String.valueOf(column) : names.get(column);
    }
}
