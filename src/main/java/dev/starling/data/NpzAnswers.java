package dev.starling.data;

import dev.starling.base.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is to be predicted, from {@code y_train} and {@code y_test}. Where the loss takes labels these are integers
 * {@code [examples]} or {@code [examples, 1]}, whole numbers stored as floating ones, or rows of one 1 and zeros;
 * where it takes numbers, whatever is there.
 */
final class NpzAnswers {

    private final NpyArray trainArray;
    private final NpyArray testArray;
    private final AnswerSettings settings;
    private final List<String> remarks = new ArrayList<>();
    private final Answers train;
    private final Answers test;

    /** @throws InputException for labels that cannot be; the shapes are those that {@link NpzLayout} lets pass */
    NpzAnswers(NpyArray trainArray, NpyArray testArray, AnswerSettings settings) {
        this.trainArray = trainArray;
        this.testArray = testArray;
        this.settings = settings;
        boolean labelled = labelled();
        train = labelled ? labels(trainArray) : targets(trainArray);
        test = labelled ? labels(testArray) : targets(testArray);
        if (labelled) {
            requireEveryClassIfFloating();
            Classes.remark(settings.classes(), train, test)
                    .ifPresent(remark -> remarks.add(trainArray.place() + ": " + remark));
        }
    }

    Answers train() {
        return train;
    }

    Answers test() {
        return test;
    }

    /** Classes, or targets. */
    int outputs() {
        return train.classification() ? Classes.count(settings.classes(), train, test) : train.width();
    }

    /** What may be meant otherwise. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    private boolean labelled() {
        boolean integers = !trainArray.type().floating() || !testArray.type().floating();
        return switch (settings.kind()) {
            case NUMBERS -> false;
            case AS_STORED -> integers;
            case LABELS -> integers || (clear(trainArray) && clear(testArray));
        };
    }

    /** Whether floating numbers are clearly labels. */
    private static boolean clear(NpyArray array) {
        return array.counts() && (width(array) == 1 || oneHot(array));
    }

    private static int width(NpyArray array) {
        return array.shape().size() == 1 ? 1 : array.shape().get(1);
    }

    /** Whether there is one 1 in each row, and zeros. */
    private static boolean oneHot(NpyArray array) {
        if (!array.counts()) {
            return false;
        }
        int width = width(array);
        for (int from = 0; from < array.count(); from += width) {
            long sum = 0;
            for (int i = from; i < from + width; i++) {
                long value = array.whole(i);
                sum = value > 1 ? 2 : Math.min(2, sum + value);
            }
            if (sum != 1) {
                return false;
            }
        }
        return true;
    }

    private Answers labels(NpyArray array) {
        int width = width(array);
        if (width > 1) {
            if (!oneHot(array)) {
                throw new InputException(
                        array.place(),
                        "must hold one label per example, or one 1 and zeros in each row, got shape " + array.shape()
                                + "; numpy.argmax(y, axis=1) makes labels of scores, model.loss ="
                                + " sigmoid-cross-entropy learns several labels at once");
            }
            requireColumns(array, width);
            int[] labels = new int[array.count() / width];
            for (int i = 0; i < array.count(); i++) {
                if (array.whole(i) == 1) {
                    labels[i / width] = i % width;
                }
            }
            return Answers.labels(labels);
        }
        long examples = (long) trainArray.count() + testArray.count();
        OptionalInt said = settings.classes();
        return Answers.labels(Classes.labels(
                array.place(), array.count(), array::whole, array::element, said, Classes.limit(said, examples)));
    }

    private void requireColumns(NpyArray array, int width) {
        settings.classes().ifPresent(classes -> {
            if (width > classes) {
                throw new InputException(
                        array.place(),
                        "must have at most as many columns as data.classes says (" + classes + "), got "
                                + array.shape());
            }
        });
    }

    /** Numbers to predict may be whole too: with gaps between them they are not taken for labels. */
    private void requireEveryClassIfFloating() {
        NpyArray floating = trainArray.type().floating() ? trainArray : testArray;
        if (!floating.type().floating() || width(floating) > 1) {
            return;
        }
        boolean bothFloat = trainArray.type().floating() && testArray.type().floating();
        int missing = train.classes() - train.occurring().cardinality();
        if (bothFloat && settings.classes().isEmpty() && missing > 0) {
            throw new InputException(
                    floating.place(),
                    "whole numbers as " + floating.type().numpyName() + " are read as labels if every class from 0 on"
                            + " occurs, got " + missing + " that do not; save y.astype('int64') or set data.classes if"
                            + " they are labels, or set model.loss = mse if they are numbers to predict");
        }
        remarks.add(floating.place() + ": whole numbers as " + floating.type().numpyName() + " are read as labels of "
                + outputs() + " classes, as model.loss takes labels");
    }

    private static Answers targets(NpyArray array) {
        return Answers.targets(array.toFloats(), width(array));
    }
}
