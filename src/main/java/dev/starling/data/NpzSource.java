package dev.starling.data;

import dev.starling.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Any data set as NumPy arrays: {@code x_train, y_train, x_test, y_test}, with rows of any shape, and optionally who owns
 * what: {@code offsets}, or {@code indices} and {@code offsets} into them. Integer answers are class labels, counted
 * from 0; floating answers are targets.
 */
final class NpzSource {

    private NpzSource() {}

    static DataSet read(DataSettings.Npz source) {
        Path file = source.file();
        Map<String, NpyArray> arrays = Npz.readArrays(file);
        NpyArray trainRows = Npz.require(arrays, "x_train", file);
        NpyArray testRows = Npz.require(arrays, "x_test", file);
        NpyArray trainAnswers = Npz.require(arrays, "y_train", file);
        NpyArray testAnswers = Npz.require(arrays, "y_test", file);
        requireRows(trainRows, trainAnswers);
        requireRows(testRows, testAnswers);
        requireAlike(trainRows, testRows);
        requireAlike(trainAnswers, testAnswers);
        Table train = table(trainRows, trainAnswers);
        Table test = table(testRows, testAnswers);
        return new DataSet(
                file.toString(),
                train,
                test,
                shape(trainRows.shape(), train.answers(), test.answers()),
                Set.of(),
                owners(arrays, file, train.rows()),
                Optional.empty());
    }

    /** From the headers of the rows; only the answers are read. */
    static DataShape shape(DataSettings.Npz source) {
        Path file = source.file();
        NpyHeader rows = Npz.require(Npz.readHeaders(file), "x_train", file);
        requireExamples(file + ": x_train", rows.shape());
        Map<String, NpyArray> arrays = Npz.readArrays(file, name -> name.startsWith("y_"));
        Answers train = answers(Npz.require(arrays, "y_train", file));
        Answers test = answers(Npz.require(arrays, "y_test", file));
        return shape(rows.shape(), train, test);
    }

    private static DataShape shape(List<Integer> rows, Answers train, Answers test) {
        int outputs = train.classification() ? Math.max(train.classes(), test.classes()) : train.width();
        return new DataShape(rows.subList(1, rows.size()), outputs, train.classification());
    }

    private static void requireExamples(String place, List<Integer> shape) {
        if ((shape.size() != 2 && shape.size() != 4) || shape.contains(0)) {
            throw new InputException(
                    place, "must have shape [examples, features] or [examples, c, h, w], got " + shape);
        }
    }

    private static void requireRows(NpyArray rows, NpyArray answers) {
        requireExamples(rows.place(), rows.shape());
        int most = answers.type().floating() ? 2 : 1;
        if (answers.shape().isEmpty()
                || answers.shape().size() > most
                || answers.shape().contains(0)) {
            throw new InputException(
                    answers.place(),
                    "must have shape [examples]" + (most == 2 ? " or [examples, targets]" : "") + ", got "
                            + answers.shape());
        }
        if (!answers.shape().get(0).equals(rows.shape().get(0))) {
            throw new InputException(
                    answers.place(),
                    "must have one answer per example (" + rows.shape().get(0) + "), got shape " + answers.shape());
        }
    }

    private static void requireAlike(NpyArray train, NpyArray test) {
        List<Integer> expected = train.shape().subList(1, train.shape().size());
        boolean sameShape = test.shape().subList(1, test.shape().size()).equals(expected);
        // Rows may be bytes here and floats there; answers may not be labels here and targets there.
        boolean sameKind = train.shape().size() > 1
                || test.type().floating() == train.type().floating();
        if (!sameShape || !sameKind) {
            throw new InputException(
                    test.place(),
                    "must have rows like those of " + train.place() + " " + train.shape() + " "
                            + train.type().descr() + ", got " + test.shape() + " "
                            + test.type().descr());
        }
    }

    private static Table table(NpyArray rows, NpyArray answers) {
        int columns = rows.count() / rows.shape().get(0);
        Answers parsed = answers(answers);
        return rows.type() == NpyType.UINT8
                ? Table.of(columns, rows.toBytes(), parsed)
                : Table.of(columns, rows.toFloats(), parsed);
    }

    private static Answers answers(NpyArray array) {
        if (array.type().floating()) {
            int width = array.shape().size() == 1 ? 1 : array.shape().get(1);
            return Answers.targets(array.toFloats(), width);
        }
        int[] labels = array.toInts();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new InputException(array.place(), "labels must be >= 0, got " + labels[i] + " at element " + i);
            }
        }
        return Answers.labels(labels);
    }

    private static Optional<Ownership> owners(Map<String, NpyArray> arrays, Path file, int rows) {
        if (!arrays.containsKey("offsets")) {
            if (arrays.containsKey("indices")) {
                throw new InputException(file.toString(), "has indices but no offsets into them");
            }
            return Optional.empty();
        }
        NpyArray array = Npz.require(arrays, "offsets", file);
        int[] offsets = vector(array);
        int[] order =
                arrays.containsKey("indices") ? indices(Npz.require(arrays, "indices", file), rows) : Rows.all(rows);
        if (offsets.length < 2 || offsets[0] != 0) {
            throw new InputException(array.place(), "must start with 0 and have one entry more than there are devices");
        }
        for (int device = 1; device < offsets.length; device++) {
            if (offsets[device] < offsets[device - 1] || offsets[device] > order.length) {
                throw new InputException(
                        array.place(),
                        "must rise to at most " + order.length + ", got " + offsets[device] + " after "
                                + offsets[device - 1] + " at element " + device);
            }
        }
        return Optional.of(new Ownership(order, offsets));
    }

    private static int[] indices(NpyArray array, int rows) {
        int[] indices = vector(array);
        IntStream.range(0, indices.length)
                .filter(i -> indices[i] < 0 || indices[i] >= rows)
                .findFirst()
                .ifPresent(i -> {
                    throw new InputException(
                            array.place(),
                            "must be rows of x_train (0 to " + (rows - 1) + "), got " + indices[i] + " at element "
                                    + i);
                });
        return indices;
    }

    private static int[] vector(NpyArray array) {
        if (array.shape().size() != 1) {
            throw new InputException(array.place(), "must have one dimension, got shape " + array.shape());
        }
        return array.toInts();
    }
}
