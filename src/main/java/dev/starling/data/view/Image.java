package dev.starling.data.view;

import java.util.List;

/** Images as they lie in a row of features: [channels, height, width]. What is beyond the border is as the border. */
record Image(int channels, int height, int width) {

    /** @param input shape of an example, {@code [channels, height, width]} */
    static Image of(List<Integer> input) {
        return new Image(input.get(0), input.get(1), input.get(2));
    }

    /** Where a pixel comes from: (xx x + xy y + shiftX, yx x + yy y + shiftY), from the middle of the image. */
    record Pose(float xx, float xy, float yx, float yy, float shiftX, float shiftY) {}

    /** Where every pixel of a plane comes from, worked out once. */
    Sampling sampling(Pose pose) {
        return new Sampling(this, pose);
    }

    /** A pose worked out: for each pixel the upper left of its four sources, and how far it is from there. */
    static final class Sampling {
        private final Image image;
        private final int[] first;
        private final float[] partX;
        private final float[] partY;

        private Sampling(Image image, Pose pose) {
            this.image = image;
            int width = image.width;
            int height = image.height;
            first = new int[width * height];
            partX = new float[first.length];
            partY = new float[first.length];
            for (int i = 0; i < first.length; i++) {
                float x = i % width - (width - 1) / 2f;
                int row = i / width;
                float y = row - (height - 1) / 2f;
                float atX = pose.xx * x + pose.xy * y + pose.shiftX + (width - 1) / 2f;
                float atY = pose.yx * x + pose.yy * y + pose.shiftY + (height - 1) / 2f;
                atX = Math.max(0, Math.min(width - 1, atX));
                atY = Math.max(0, Math.min(height - 1, atY));
                // One before the last at most: what is right of it and below is then always there.
                int left = Math.max(0, Math.min((int) atX, width - 2));
                int top = Math.max(0, Math.min((int) atY, height - 2));
                first[i] = top * width + left;
                partX[i] = atX - left;
                partY[i] = atY - top;
            }
        }

        /** {@code to} := {@code from} in the pose, interpolated linearly between pixels. */
        void sample(float[] from, float[] to) {
            int right = image.width > 1 ? 1 : 0;
            int below = image.height > 1 ? image.width : 0;
            for (int channel = 0; channel < image.channels; channel++) {
                int plane = channel * first.length;
                for (int i = 0; i < first.length; i++) {
                    int at = plane + first[i];
                    float above = from[at] + partX[i] * (from[at + right] - from[at]);
                    float under = from[at + below] + partX[i] * (from[at + below + right] - from[at + below]);
                    to[plane + i] = above + partY[i] * (under - above);
                }
            }
        }
    }

    /** {@code pixels} := {@code pixels} partly replaced by the mean of each with its neighbours (weights 1, 2, 1). */
    void blur(float[] pixels, float[] spare, float part) {
        for (int row = 0; row < channels * height * width; row += width) {
            for (int x = 0; x < width; x++) {
                float left = pixels[row + Math.max(0, x - 1)];
                float right = pixels[row + Math.min(width - 1, x + 1)];
                spare[row + x] = (left + 2 * pixels[row + x] + right) / 4;
            }
        }
        for (int plane = 0; plane < channels * height * width; plane += height * width) {
            for (int y = 0; y < height; y++) {
                int row = plane + y * width;
                int above = y > 0 ? row - width : row;
                int below = y < height - 1 ? row + width : row;
                for (int x = 0; x < width; x++) {
                    float mean = (spare[above + x] + 2 * spare[row + x] + spare[below + x]) / 4;
                    pixels[row + x] += part * (mean - pixels[row + x]);
                }
            }
        }
    }
}
