package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Keyboard;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class KeyboardSourceTest {

    private static final int STEPS = 12;
    private static final int EXAMPLES = 200;

    private static DataSet text(double dialects, long seed) {
        return KeyboardSource.generate(new Keyboard(STEPS, EXAMPLES, dialects, 100), 8, new Seeds(seed));
    }

    /** What person {@code person} wrote, from the first token of each of their examples. */
    private static String written(Table table, int person) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < EXAMPLES; i++) {
            text.append(KeyboardSource.ALPHABET.charAt((int) table.cell(person * EXAMPLES + i, 0)));
        }
        return text.toString();
    }

    @Test
    void labelIsTheCharacterThatFollows() {
        Table train = text(0.5, 1).train();
        for (int i = 0; i + 1 < EXAMPLES; i++) {
            assertThat(train.cell(i + 1, STEPS - 1)).isEqualTo(train.answers().label(i));
            assertThat(train.cell(i + 1, 0)).isEqualTo(train.cell(i, 1));
        }
    }

    @Test
    void everyCharacterIsOfTheAlphabet() {
        Table train = text(1, 2).train();
        for (int row = 0; row < train.rows(); row++) {
            for (int step = 0; step < STEPS; step++) {
                assertThat((int) train.cell(row, step)).isBetween(0, KeyboardSource.ALPHABET.length() - 1);
            }
        }
    }

    @Test
    void sameSeedSameTextAndPeopleDiffer() {
        Table train = text(0.5, 1).train();

        assertThat(written(text(0.5, 1).train(), 3))
                .isEqualTo(written(train, 3))
                .isNotEqualTo(written(train, 4));
        assertThat(written(text(0.5, 2).train(), 3)).isNotEqualTo(written(train, 3));
        Table others = KeyboardSource.generate(new Keyboard(STEPS, EXAMPLES, 0.5, 4 * EXAMPLES), 8, new Seeds(1))
                .test();
        assertThat(written(others, 0).substring(0, 40))
                .isNotEqualTo(written(train, 0).substring(0, 40));
    }

    @Test
    void dialectsMakeTheWordsOfPeopleUnequal() {
        assertThat(spread(0.8)).isGreaterThan(1.5 * spread(0));
    }

    /** Mean total variation between the characters of one person and of all. */
    private static double spread(double dialects) {
        Table train = KeyboardSource.generate(new Keyboard(1, 2000, dialects, 100), 20, new Seeds(5))
                .train();
        double[][] shares = new double[21][32];
        for (int person = 0; person < 20; person++) {
            for (int i = 0; i < 2000; i++) {
                int character = train.answers().label(person * 2000 + i);
                shares[person][character] += 1.0 / 2000;
                shares[20][character] += 1.0 / 40_000;
            }
        }
        double sum = 0;
        for (int person = 0; person < 20; person++) {
            for (int character = 0; character < 32; character++) {
                sum += Math.abs(shares[person][character] - shares[20][character]) / 40;
            }
        }
        return sum;
    }

    @Test
    void everyDeviceOwnsItsOwnText() {
        DataSettings settings = new DataSettings(
                new Keyboard(STEPS, EXAMPLES, 0.5, 100),
                new Generated(),
                new Features(1, false, Categories.INDEX),
                0.25,
                0);
        RawData raw = DataLoader.load(settings, 8, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());

        assertThat(data.shape()).isEqualTo(DataLoader.shape(settings));
        assertThat(data.trainingCount(3)).isEqualTo(150);
        assertThat(data.heldOut(3).count()).isEqualTo(50);
        assertThat(data.test().count()).isEqualTo(100);
        Examples third = data.training(3);
        float[] tokens = new float[STEPS];
        third.features(new int[] {0}, 0, 1, FloatBuffer.wrap(tokens));
        for (float token : tokens) {
            assertThat(token).isEqualTo((float) Math.rint(token)).isBetween(0f, 31f);
        }
    }
}
