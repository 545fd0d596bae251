package dev.starling.data;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;

/** Images that are shifted and mirrored at random each time they are trained on. */
final class AugmentedExamples implements Examples {

    private final Examples examples;
    private final Augmentation augmentation;
    private final int height;
    private final int width;

    AugmentedExamples(Examples examples, Augmentation augmentation, int height, int width) {
        this.examples = examples;
        this.augmentation = augmentation;
        this.height = height;
        this.width = width;
    }

    @Override
    public int count() {
        return examples.count();
    }

    @Override
    public int width() {
        return examples.width();
    }

    @Override
    public int targets() {
        return examples.targets();
    }

    @Override
    public void features(int[] order, int from, int count, FloatBuffer features) {
        examples.features(order, from, count, features);
    }

    @Override
    public void trainingFeatures(int[] order, int from, int count, long key, FloatBuffer features) {
        examples.trainingFeatures(order, from, count, key, features);
        Rng rng = new Seeds(key).of(Purpose.AUGMENTATION);
        int values = examples.width();
        float[] image = new float[values];
        float[] changed = new float[values];
        for (int i = 0; i < count; i++) {
            features.get(i * values, image);
            change(image, changed, rng);
            features.put(i * values, changed);
        }
    }

    /** Pixels that come from outside the image are 0, which is the mean colour if features are standardized. */
    private void change(float[] image, float[] changed, Rng rng) {
        int crop = augmentation.crop();
        int down = crop == 0 ? 0 : rng.nextInt(2 * crop + 1) - crop;
        int right = crop == 0 ? 0 : rng.nextInt(2 * crop + 1) - crop;
        boolean mirrored = augmentation.flip() && rng.nextInt(2) == 1;
        int lines = image.length / width;
        for (int line = 0; line < lines; line++) {
            int y = line % height + down;
            int start = (line + down) * width;
            for (int x = 0; x < width; x++) {
                int column = (mirrored ? width - 1 - x : x) + right;
                boolean inside = y >= 0 && y < height && column >= 0 && column < width;
                changed[line * width + x] = inside ? image[start + column] : 0;
            }
        }
    }

    @Override
    public void labels(int[] order, int from, int count, int[] labels) {
        examples.labels(order, from, count, labels);
    }

    @Override
    public void targets(int[] order, int from, int count, float[] values) {
        examples.targets(order, from, count, values);
    }
}
