package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Idx;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** MNIST and its kin: grey images and their labels, in four IDX files. */
final class IdxSource {

    private IdxSource() {}

    static DataSet read(Idx source, AnswerSettings settings) {
        Table train = table(source.trainImages(), source.trainLabels(), settings);
        Table test = table(source.testImages(), source.testLabels(), settings);
        int classes = Classes.count(settings.classes(), train.answers(), test.answers());
        return DataSet.of(source.trainImages().toString(), train, test, shape(imageSize(source), classes));
    }

    static DataShape shape(Idx source, AnswerSettings settings) {
        Answers train = labels(source.trainLabels(), settings);
        Answers test = labels(source.testLabels(), settings);
        requireCount(source.trainImages(), source.trainLabels(), train);
        requireCount(source.testImages(), source.testLabels(), test);
        return shape(imageSize(source), Classes.count(settings.classes(), train, test));
    }

    static List<String> remarks(Idx source, AnswerSettings settings) {
        return Classes.remark(
                        settings.classes(),
                        labels(source.trainLabels(), settings),
                        labels(source.testLabels(), settings))
                .map(remark -> source.trainLabels() + ": " + remark)
                .stream()
                .toList();
    }

    private static DataShape shape(List<Integer> size, int classes) {
        return new DataShape(List.of(1, size.get(0), size.get(1)), classes, true);
    }

    private static List<Integer> imageSize(Idx source) {
        List<Integer> train = IdxFile.shape(source.trainImages(), 3).subList(1, 3);
        List<Integer> test = IdxFile.shape(source.testImages(), 3).subList(1, 3);
        if (!train.equals(test)) {
            throw new InputException(
                    source.testImages().toString(),
                    "must hold images of the size of the training images " + train + ", got " + test);
        }
        return train;
    }

    private static Table table(Path images, Path labels, AnswerSettings settings) {
        IdxFile.Content pixels = IdxFile.read(images, 3);
        Answers answers = labels(labels, settings);
        requireCount(images, labels, answers);
        return Table.of(
                pixels.shape().get(1) * pixels.shape().get(2), pixels.bytes().array(), answers);
    }

    private static void requireCount(Path images, Path labels, Answers answers) {
        int count = IdxFile.shape(images, 3).get(0);
        if (answers.rows() != count) {
            throw new InputException(
                    labels.toString(),
                    "must hold as many labels as " + images + " holds images (" + count + "), got " + answers.rows());
        }
    }

    private static Answers labels(Path file, AnswerSettings settings) {
        byte[] bytes = IdxFile.read(file, 1).bytes().array();
        OptionalInt said = settings.classes();
        return Answers.labels(Classes.labels(
                file.toString(),
                bytes.length,
                i -> bytes[i] & 0xff,
                i -> (bytes[i] & 0xff) + " at element " + i,
                said,
                Classes.limit(said, bytes.length)));
    }
}
