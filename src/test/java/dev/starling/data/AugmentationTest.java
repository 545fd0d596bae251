package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final int CHANNELS = 2;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private static final int VALUES = CHANNELS * HEIGHT * WIDTH;
    private static final int COUNT = 60;
    private static final DataShape SHAPE = new DataShape(List.of(CHANNELS, HEIGHT, WIDTH), 2, true);
    private static final float[] PIXELS = pixels();
    private static final Examples PLAIN = ArrayExamples.all(PIXELS, VALUES, Answers.labels(new int[COUNT]));

    /** No pixel is 0, and no two are alike. */
    private static float[] pixels() {
        float[] pixels = new float[COUNT * VALUES];
        Rng rng = new Seeds(3).of(Purpose.GENERATE_DATA);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (1 + rng.nextDouble());
        }
        return pixels;
    }

    private static float[] training(Examples examples, long key) {
        float[] values = new float[COUNT * VALUES];
        examples.trainingFeatures(Rows.all(COUNT), 0, COUNT, key, FloatBuffer.wrap(values));
        return values;
    }

    /** Image {@code index} as it should be when it is cut out {@code down} and {@code right} of where it was. */
    private static float[] moved(int index, int down, int right, boolean mirrored) {
        float[] moved = new float[VALUES];
        for (int c = 0; c < CHANNELS; c++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int fromY = y + down;
                    int fromX = (mirrored ? WIDTH - 1 - x : x) + right;
                    if (fromY >= 0 && fromY < HEIGHT && fromX >= 0 && fromX < WIDTH) {
                        moved[(c * HEIGHT + y) * WIDTH + x] =
                                PIXELS[index * VALUES + (c * HEIGHT + fromY) * WIDTH + fromX];
                    }
                }
            }
        }
        return moved;
    }

    /** Which of all changes this is. */
    private static String change(float[] image, int index, int crop) {
        for (int down = -crop; down <= crop; down++) {
            for (int right = -crop; right <= crop; right++) {
                for (boolean mirrored : new boolean[] {false, true}) {
                    if (Arrays.equals(moved(index, down, right, mirrored), image)) {
                        return down + " " + right + " " + mirrored;
                    }
                }
            }
        }
        return "image " + index + " is not one that was moved or mirrored";
    }

    @Test
    void imagesAreMovedAndMirroredInEveryWay() {
        Examples augmented = new Augmentation(1, true).over(PLAIN, SHAPE);
        Set<String> changes = new HashSet<>();
        for (long key = 0; key < 5; key++) {
            float[] values = training(augmented, key);
            for (int i = 0; i < COUNT; i++) {
                changes.add(change(Arrays.copyOfRange(values, i * VALUES, (i + 1) * VALUES), i, 1));
            }
        }

        assertThat(changes).hasSize(3 * 3 * 2).allMatch(change -> !change.startsWith("image"));
    }

    @Test
    void sameKeySameChange() {
        Examples augmented = new Augmentation(1, true).over(PLAIN, SHAPE);

        assertThat(training(augmented, 7)).isEqualTo(training(augmented, 7)).isNotEqualTo(training(augmented, 8));
    }

    @Test
    void evaluationSeesImagesAsTheyAre() {
        float[] values = new float[COUNT * VALUES];
        new Augmentation(1, true).over(PLAIN, SHAPE).features(Rows.all(COUNT), 0, COUNT, FloatBuffer.wrap(values));

        assertThat(values).isEqualTo(PIXELS);
        assertThat(Augmentation.NONE.over(PLAIN, SHAPE)).isSameAs(PLAIN);
    }
}
