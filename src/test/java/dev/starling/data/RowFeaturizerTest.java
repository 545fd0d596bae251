package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.Featurizer.Affine;
import dev.starling.data.Featurizer.CategoryIndex;
import dev.starling.data.Featurizer.OneHot;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class RowFeaturizerTest {

    static float[] cells(Table table) {
        float[] cells = new float[table.rows() * table.columns()];
        IntStream.range(0, cells.length).forEach(i -> cells[i] = table.cell(i / table.columns(), i % table.columns()));
        return cells;
    }

    private static final Table TABLE =
            Table.of(3, new float[] {1, 7, 1, 3, 7, 24, 5, 7, 4}, Answers.labels(new int[] {0, 1, 0}));

    @Test
    void theGoldenRowNeverChanges() {
        Featurizer featurizer = new Featurizer(List.of(
                new Affine(2.5f, 0.5f),
                new OneHot(List.of(1f, 4f, 24f)),
                new CategoryIndex(List.of(3f, 5f, 8f)),
                new Affine(0, 1 / 255f)));
        Table golden = Table.of(4, new float[] {1.25f, 4, 8, 51, 9, 2, 1, 255}, Answers.labels(new int[] {0, 0}));
        assertThat(new RowFeaturizer(featurizer).features(golden))
                .containsExactly(-0.625f, 0, 1, 0, 2, 51 * (1 / 255f), 3.25f, 0, 0, 0, 0, 255 * (1 / 255f));
    }

    @Test
    void coordinatorAndDeviceSeeTheSameRow() {
        DataSettings settings =
                new DataSettings(new Glyphs(40, 10, 0.3), new Iid(), new Features(1, true, Categories.INDEX), 0.5, 0.5);
        RawData coordinator = DataLoader.load(settings, 2, new Seeds(3));
        Featurizer shipped = coordinator.fitFeaturizer();
        FederatedData here = coordinator.featurized(shipped);
        FederatedData there = DataLoader.load(settings, 2, new Seeds(3)).featurized(shipped);
        for (int device = 0; device < 2; device++) {
            assertThat(TestFiles.features(there.training(device)))
                    .containsExactly(TestFiles.features(here.training(device)));
            assertThat(TestFiles.labels(there.heldOut(device))).containsExactly(TestFiles.labels(here.heldOut(device)));
        }
        assertThat(TestFiles.features(there.proxy())).containsExactly(TestFiles.features(here.proxy()));
        assertThat(here.proxy().count()).isEqualTo(20);
        assertThat(here.trainingCount(0)).isEqualTo(5);
        assertThat(here.heldOut(0).count()).isEqualTo(5);
    }

    @Test
    void standardizingUsesTheFittedRowsOnlyAndCategoriesAreThoseOfAllRows() {
        Features features = new Features(1, true, Categories.ONE_HOT);
        Featurizer fitted = FeatureFitting.fit(TABLE, new int[] {0, 1}, Set.of(2), features);
        // Rows 0 and 1: mean 2, population deviation 1; the second column never varies.
        assertThat(fitted.columns())
                .containsExactly(new Affine(2, 1), new Affine(7, 1), new OneHot(List.of(1f, 4f, 24f)));
        assertThat(new RowFeaturizer(fitted).features(TABLE))
                .containsExactly(-1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 1, 0);
    }

    @Test
    void categoriesThatTheFittedRowsLackHaveTheirIndexToo() {
        Featurizer fitted =
                FeatureFitting.fit(TABLE, new int[] {0, 1}, Set.of(2), new Features(0.5, false, Categories.INDEX));
        assertThat(new RowFeaturizer(fitted).features(TABLE))
                .containsExactly(0.5f, 3.5f, 0, 1.5f, 3.5f, 2, 2.5f, 3.5f, 1);
    }

    @Test
    void examplesGatherRowsInTheOrderAskedForAndNoOthers() {
        Examples examples = new ArrayExamples(
                new float[] {0, 1, 10, 11, 20, 21, 30, 31},
                2,
                Answers.labels(new int[] {0, 1, 2, 3}),
                new int[] {3, 1, 0, 2},
                1,
                2);
        FloatBuffer buffer = FloatBuffer.allocate(6);
        examples.features(new int[] {9, 1, 0}, 1, 2, buffer);
        assertThat(buffer.array()).containsExactly(0, 1, 10, 11, 0, 0);
        assertThat(buffer.position()).isZero();
        int[] labels = new int[2];
        examples.labels(new int[] {9, 1, 0}, 1, 2, labels);
        assertThat(labels).containsExactly(0, 1);
        Assertions.assertThatThrownBy(() -> examples.labels(new int[] {2}, 0, 1, labels))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Two images of two channels and two pixels: by hand. */
    @Test
    void channelsOfImagesAreStandardizedAsOne() {
        Table images = Table.of(4, new float[] {1, 3, 10, 10, 5, 7, 10, 30}, Answers.labels(new int[] {0, 1}));
        Features channels = new Features(1, DataSettings.Standardization.CHANNEL, Categories.INDEX, Augmentation.NONE);
        Featurizer fitted = FeatureFitting.fit(
                images, new int[] {0, 1}, Set.of(), channels, new DataShape(List.of(2, 1, 2), 2, true));

        Featurizer.Affine first = new Featurizer.Affine(4, (float) (1 / Math.sqrt(5)));
        Featurizer.Affine second = new Featurizer.Affine(15, (float) (1 / Math.sqrt(75)));
        assertThat(fitted.columns()).containsExactly(first, first, second, second);
    }
}
