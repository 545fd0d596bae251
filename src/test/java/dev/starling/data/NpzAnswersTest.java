package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.AnswerSettings.Kind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NpzAnswersTest {

    private static final NpyArray TEST = NpyArray.of(List.of(2), 1, 0);

    private static NpzAnswers labels(NpyArray train, NpyArray test) {
        return new NpzAnswers(train, test, new AnswerSettings(Kind.LABELS, OptionalInt.empty()));
    }

    private static NpzAnswers numbers(NpyArray train, NpyArray test) {
        return new NpzAnswers(train, test, new AnswerSettings(Kind.NUMBERS, OptionalInt.empty()));
    }

    private static NpzAnswers ofClasses(int classes, NpyArray train) {
        return new NpzAnswers(train, TEST, new AnswerSettings(Kind.LABELS, OptionalInt.of(classes)));
    }

    private static List<Integer> labelsOf(Answers answers) {
        assertThat(answers.classification()).isTrue();
        return java.util.stream.IntStream.range(0, answers.rows())
                .mapToObj(answers::label)
                .toList();
    }

    @Test
    void aColumnOfLabelsIsReadAsKerasStoresThem() {
        NpzAnswers column = labels(NpyArray.of(List.of(3, 1), TestFiles.bytes(2, 0, 1)), TEST);
        assertThat(labelsOf(column.train())).containsExactly(2, 0, 1);
        assertThat(column.outputs()).isEqualTo(3);
        assertThat(column.remarks()).isEmpty();
    }

    @Test
    void rowsOfOneOneAreLabelsWhateverTheirType() {
        NpyArray test = NpyArray.of(List.of(1, 3), 0, 1, 0);
        for (NpyArray train : List.of(
                NpyArray.of(List.of(2, 3), 0, 0, 1, 1, 0, 0), NpyArray.of(List.of(2, 3), 0f, 0f, 1f, 1f, 0f, 0f))) {
            assertThat(labelsOf(labels(train, test).train())).containsExactly(2, 0);
            assertThat(labelsOf(labels(train, test).test())).containsExactly(1);
            assertThat(labels(train, test).outputs()).isEqualTo(3);
        }
        assertRefused(
                () -> labels(NpyArray.of(List.of(2, 3), 0, 0, 1, 1, 1, 0), test),
                "one 1 and zeros in each row, got shape [2, 3]",
                "numpy.argmax(y, axis=1)",
                "sigmoid-cross-entropy");
    }

    @Test
    void wholeNumbersAreLabelsWhereEveryClassOccurs() {
        NpzAnswers whole = labels(NpyArray.of(List.of(3), 2.0, 0.0, 1.0), NpyArray.of(List.of(1), 2.0));
        assertThat(labelsOf(whole.train())).containsExactly(2, 0, 1);
        assertThat(whole.remarks()).singleElement().asString().contains("float64 are read as labels of 3 classes");

        NpyArray ages = NpyArray.of(List.of(3), 20.0, 31.0, 44.0);
        assertRefused(() -> labels(ages, ages), "every class from 0 on occurs", "model.loss = mse", "astype('int64')");
        NpyArray fractions = NpyArray.of(List.of(3), 0.5, 1.0, 2.0);
        assertThat(labels(fractions, fractions).train().classification()).isFalse();
    }

    @Test
    void whatTheLossTakesForNumbersIsNumbers() {
        NpzAnswers counts = numbers(NpyArray.of(List.of(3), -5, 7, 1 << 20), TEST);
        assertThat(counts.train().classification()).isFalse();
        assertThat(counts.train().target(0)).isEqualTo(-5);
        assertThat(counts.outputs()).isEqualTo(1);
        NpzAnswers several = numbers(NpyArray.of(List.of(1, 3), 1, 0, 1), NpyArray.of(List.of(1, 3), 0, 0, 0));
        assertThat(several.outputs()).isEqualTo(3);
    }

    @Test
    void labelsThatNoClassCanHaveAreRefusedWithTheirPlace() {
        for (int mark : List.of(1_000_000_000, Integer.MAX_VALUE, 1000)) {
            assertRefused(
                    () -> labels(NpyArray.of(List.of(4), 0, 1, mark, 1), TEST),
                    "labels must be below 1000",
                    "data.classes",
                    "got " + mark + " at element 2");
        }
        assertRefused(() -> labels(NpyArray.of(List.of(2), 0L, 1L << 40), TEST), "got 1099511627776 at element 1");
        assertRefused(() -> labels(NpyArray.of(List.of(2), 0, -1), TEST), "must be >= 0, got -1 at element 1");
        assertRefused(
                () -> ofClasses(10, NpyArray.of(List.of(2), 9, 10)),
                "labels must be below 10, which data.classes says, got 10 at element 1");
        assertRefused(() -> ofClasses(2, NpyArray.of(List.of(1, 3), 0, 0, 1)), "data.classes says (2), got [1, 3]");
    }

    @Test
    void classesThatDoNotOccurCountWhereItIsSaid() {
        assertThat(ofClasses(10, NpyArray.of(List.of(2), 0, 5)).outputs()).isEqualTo(10);
        assertThat(ofClasses(5000, NpyArray.of(List.of(2), 0, 4999)).outputs()).isEqualTo(5000);
        assertThat(ofClasses(5000, NpyArray.of(List.of(2), 0, 4999)).remarks()).isEmpty();
        assertThat(labels(NpyArray.of(List.of(3), 0, 1, 255), TEST).remarks())
                .singleElement()
                .asString()
                .contains("only 3 of the 256 classes", "data.classes = 256");
    }
}
