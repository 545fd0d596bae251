package dev.starling.data;

import java.util.Optional;
import java.util.Set;

/**
 * A data set as it was read, before it is split and featurized.
 *
 * @param name how messages call it
 * @param shape of a raw row and its answer
 * @param categorical columns whose values are names of categories
 * @param owners who owns what, if the file says so
 * @param groups the value of the column that devices are grouped by, if the scenario asks for it
 */
record DataSet(
        String name,
        Table train,
        Table test,
        DataShape shape,
        Set<Integer> categorical,
        Optional<Ownership> owners,
        Optional<Groups> groups) {

    DataSet {
        categorical = Set.copyOf(categorical);
    }

    /** The same data with as many classes as {@code answers} say. */
    DataSet widened(AnswerSettings answers) {
        return new DataSet(name, train, test, answers.widen(shape), categorical, owners, groups);
    }

    static DataSet of(String name, Table train, Table test, DataShape shape) {
        return new DataSet(name, train, test, shape, Set.of(), Optional.empty(), Optional.empty());
    }
}
