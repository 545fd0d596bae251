package dev.starling.data;

import java.util.Optional;
import java.util.Set;

/**
 * A data set as it was read, before it is split and featurized.
 *
 * @param name how messages call it
 * @param shape of a raw row and its answer
 * @param columns what the columns of a table are; cells that miss a value are NaN
 * @param owners who owns what, if the file says so
 * @param groups the value of the column that devices are grouped by, if the scenario asks for it
 * @param notes what is worth telling about it
 */
record DataSet(
        String name,
        Table train,
        Table test,
        DataShape shape,
        Columns columns,
        Optional<Ownership> owners,
        Optional<Groups> groups,
        DataNotes notes) {

    /** A data set whose columns have no names and miss nothing. */
    DataSet(
            String name,
            Table train,
            Table test,
            DataShape shape,
            Set<Integer> categorical,
            Optional<Ownership> owners,
            Optional<Groups> groups) {
        this(name, train, test, shape, Columns.of(categorical), owners, groups, DataNotes.NONE);
    }

    /** The same data with as many classes as {@code answers} say. */
    DataSet widened(AnswerSettings answers) {
        return new DataSet(name, train, test, answers.widen(shape), columns, owners, groups, notes);
    }

    static DataSet of(String name, Table train, Table test, DataShape shape) {
        return new DataSet(name, train, test, shape, Set.of(), Optional.empty(), Optional.empty());
    }
}
