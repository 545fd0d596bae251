package dev.starling.data;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Keyboard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What people type on their phones, letter by letter: every device has a {@link Dialect} and writes its own text; the
 * test set is the text of other people. An example is a stretch of text and, as its label, the character that follows.
 */
final class KeyboardSource {

    /** Characters in the order of their tokens. */
    static final String ALPHABET = " abcdefghijklmnopqrstuvwxyz.,?!'";

    private static final int OWN = 0;
    private static final int OTHERS = 1;
    private static final int EXAMPLES_OF_OTHERS = 50;

    private KeyboardSource() {}

    static DataShape shape(Keyboard source) {
        return new DataShape(List.of(source.steps()), ALPHABET.length(), true);
    }

    static DataSet generate(Keyboard source, int devices, Seeds seeds) {
        Seeds own = source.dataSeed().isPresent() ? new Seeds(source.dataSeed().getAsLong()) : seeds;
        int[] offsets = IntStream.rangeClosed(0, devices)
                .map(device -> Math.multiplyExact(device, source.examples()))
                .toArray();
        int people = (source.testExamples() + EXAMPLES_OF_OTHERS - 1) / EXAMPLES_OF_OTHERS;
        int[] others = IntStream.rangeClosed(0, people)
                .map(person -> Math.min(source.testExamples(), person * EXAMPLES_OF_OTHERS))
                .toArray();
        Table train = table(source, OWN, offsets, own);
        return new DataSet(
                "keyboard",
                train,
                table(source, OTHERS, others, own),
                shape(source),
                Set.of(),
                Optional.of(new Ownership(Rows.all(train.rows()), offsets)),
                Optional.empty());
    }

    /** Person k writes the examples from {@code offsets[k]} on. */
    private static Table table(Keyboard source, int set, int[] offsets, Seeds seeds) {
        int count = offsets[offsets.length - 1];
        int steps = source.steps();
        byte[] tokens = new byte[Math.multiplyExact(count, steps)];
        int[] labels = new int[count];
        IntStream.range(0, offsets.length - 1).parallel().forEach(person -> {
            int examples = offsets[person + 1] - offsets[person];
            byte[] text = text(source, set, person, examples + steps, seeds);
            for (int i = 0; i < examples; i++) {
                System.arraycopy(text, i, tokens, (offsets[person] + i) * steps, steps);
                labels[offsets[person] + i] = text[i + steps];
            }
        });
        return Table.of(steps, tokens, Answers.labels(labels));
    }

    private static byte[] text(Keyboard source, int set, int person, int length, Seeds seeds) {
        Dialect dialect = new Dialect(source.dialects(), seeds.of(Purpose.GENERATE_DATA, set, person, 0));
        StringBuilder written = new StringBuilder();
        dialect.write(length, seeds.of(Purpose.GENERATE_DATA, set, person, 1), written);
        byte[] tokens = new byte[written.length()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) ALPHABET.indexOf(written.charAt(i));
        }
        return Arrays.copyOf(tokens, length);
    }
}
