package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Idx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** MNIST and its kin: grey images and their labels, in four IDX files. */
final class IdxSource {

    private IdxSource() {}

    static DataSet read(Idx source) {
        Table train = table(source.trainImages(), source.trainLabels());
        Table test = table(source.testImages(), source.testLabels());
        List<Integer> size = imageSize(source);
        int classes = Math.max(train.answers().classes(), test.answers().classes());
        return DataSet.of(source.trainImages().toString(), train, test, shape(size, classes));
    }

    static DataShape shape(Idx source) {
        int classes = Math.max(
                labels(source.trainLabels()).classes(),
                labels(source.testLabels()).classes());
        return shape(imageSize(source), classes);
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

    private static Table table(Path images, Path labels) {
        IdxFile.Content pixels = IdxFile.read(images, 3);
        Answers answers = labels(labels);
        if (answers.rows() != pixels.shape().get(0)) {
            throw new InputException(
                    labels.toString(),
                    "must hold as many labels as " + images + " holds images ("
                            + pixels.shape().get(0) + "), got " + answers.rows());
        }
        return Table.of(
                pixels.shape().get(1) * pixels.shape().get(2), pixels.bytes().array(), answers);
    }

    private static Answers labels(Path file) {
        byte[] bytes = IdxFile.read(file, 1).bytes().array();
        int[] labels = new int[bytes.length];
        Arrays.setAll(labels, i -> bytes[i] & 0xff);
        return Answers.labels(labels);
    }
}
