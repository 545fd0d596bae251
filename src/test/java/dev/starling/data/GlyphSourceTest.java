package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.DataSettings.Iid;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlyphSourceTest {

    private static final int EPOCHS = 6;

    @Test
    void aLinearModelStaysBelow95PercentWhereASmallNetDoesClearlyBetter() {
        DataSettings settings = new DataSettings(
                new Glyphs(6000, 1000, 0.3), new Iid(), new Features(1.0 / 255, false, Categories.INDEX), 0, 0);
        RawData raw = DataLoader.load(settings, 1, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());

        double linear = accuracy(data, 0, 0.01);
        double net = accuracy(data, 64, 0.02);
        assertThat(linear).isBetween(0.5, 0.94);
        assertThat(net).isGreaterThan(linear + 0.03);
    }

    @Test
    void theSameSeedDrawsTheSameImages() {
        Glyphs source = new Glyphs(20, 10, 0.3);
        DataSet first = GlyphSource.generate(source, new Seeds(5));
        DataSet second = GlyphSource.generate(source, new Seeds(5));
        DataSet other = GlyphSource.generate(source, new Seeds(6));
        assertThat(RowFeaturizerTest.cells(first.train())).containsExactly(RowFeaturizerTest.cells(second.train()));
        assertThat(RowFeaturizerTest.cells(first.train())).isNotEqualTo(RowFeaturizerTest.cells(other.train()));
    }

    /** Test accuracy of plain SGD, batch 1, on a softmax regression (hidden 0) or with one hidden ReLU layer. */
    private static double accuracy(FederatedData data, int hidden, double rate) {
        SmallNet net = new SmallNet(784, hidden, 10, new Seeds(7).of(Purpose.INITIAL_MODEL));
        Examples train = data.training(0);
        float[][] rows = rows(train);
        int[] labels = labels(train);
        Rng rng = new Seeds(7).of(Purpose.SHUFFLE);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i : rng.permutation(rows.length)) {
                net.learn(rows[i], labels[i], (float) rate);
            }
        }
        float[][] testRows = rows(data.test());
        int[] testLabels = labels(data.test());
        long correct = IntStream.range(0, testRows.length)
                .filter(i -> net.predict(testRows[i]) == testLabels[i])
                .count();
        return (double) correct / testRows.length;
    }

    private static float[][] rows(Examples examples) {
        FloatBuffer buffer = FloatBuffer.allocate(examples.width());
        float[][] rows = new float[examples.count()][];
        for (int i = 0; i < rows.length; i++) {
            examples.features(new int[] {i}, 0, 1, buffer);
            rows[i] = buffer.array().clone();
        }
        return rows;
    }

    private static int[] labels(Examples examples) {
        int[] labels = new int[examples.count()];
        examples.labels(Rows.all(labels.length), 0, labels.length, labels);
        return labels;
    }
}
