package dev.starling.data;

import dev.starling.data.DataSettings.FromFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Any data set as NumPy arrays: {@code x_train, y_train, x_test, y_test}, with rows of features, grey images
 * {@code [h, w]} or images {@code [c, h, w]}, and optionally who owns what: {@code offsets}, or {@code indices} and
 * {@code offsets} into them. What the answers are is told by {@link NpzAnswers}.
 */
final class NpzSource {

    private NpzSource() {}

    static DataSet read(DataSettings.Npz source, DataSettings settings) {
        Path file = source.file();
        NpzLayout layout = NpzLayout.of(source, settings);
        Set<String> names = NpzLayout.names(settings);
        Map<String, NpyArray> arrays = Npz.readArrays(file, names::contains);
        NpzAnswers answers = answers(arrays, file, settings);
        Table train = table(Npz.require(arrays, "x_train", file), answers.train());
        Table test = table(Npz.require(arrays, "x_test", file), answers.test());
        return new DataSet(
                file.toString(),
                train,
                test,
                shape(layout, answers),
                Set.of(),
                settings.partition() instanceof FromFile
                        ? Optional.of(NpzOwners.of(arrays, file, train.rows()).owners())
                        : Optional.empty(),
                Optional.empty());
    }

    /** From the headers and the answers; the rows are not read. */
    static DataShape shape(DataSettings.Npz source, DataSettings settings) {
        NpzLayout layout = NpzLayout.of(source, settings);
        return shape(layout, answers(Npz.readArrays(source.file(), NpzSource::isAnswers), source.file(), settings));
    }

    /** What may be meant otherwise; neither are the rows read for that. */
    static List<String> remarks(DataSettings.Npz source, DataSettings settings) {
        Path file = source.file();
        NpzLayout layout = NpzLayout.of(source, settings);
        Set<String> names = NpzLayout.names(settings);
        Map<String, NpyArray> arrays = Npz.readArrays(file, name -> names.contains(name) && !name.startsWith("x_"));
        List<String> remarks = new ArrayList<>(layout.remarks(settings.features()));
        NpzAnswers answers = answers(arrays, file, settings);
        remarks.addAll(answers.remarks());
        if (settings.partition() instanceof FromFile) {
            remarks.addAll(NpzOwners.of(arrays, file, answers.train().rows()).remarks());
        }
        return remarks;
    }

    private static boolean isAnswers(String name) {
        return name.equals("y_train") || name.equals("y_test");
    }

    private static NpzAnswers answers(Map<String, NpyArray> arrays, Path file, DataSettings settings) {
        return new NpzAnswers(
                Npz.require(arrays, "y_train", file), Npz.require(arrays, "y_test", file), settings.answers());
    }

    private static DataShape shape(NpzLayout layout, NpzAnswers answers) {
        return new DataShape(layout.input(), answers.outputs(), answers.train().classification());
    }

    private static Table table(NpyArray rows, Answers answers) {
        int columns = rows.count() / answers.rows();
        return rows.type() == NpyType.UINT8 || rows.type() == NpyType.BOOL
                ? Table.of(columns, rows.toBytes(), answers)
                : Table.of(columns, rows.toFloats(), answers);
    }
}
