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

    /** {@code to} := {@code from} in another pose, interpolated linearly between pixels. */
    void pose(float[] from, float[] to, Pose pose) {
        float middleX = (width - 1) / 2f;
        float middleY = (height - 1) / 2f;
        int pixels = height * width;
        for (int y = 0; y < height; y++) {
            float sourceX = pose.xx * -middleX + pose.xy * (y - middleY) + pose.shiftX + middleX;
            float sourceY = pose.yx * -middleX + pose.yy * (y - middleY) + pose.shiftY + middleY;
            for (int x = 0; x < width; x++) {
                float atX = Math.max(0, Math.min(width - 1, sourceX + x * pose.xx));
                float atY = Math.max(0, Math.min(height - 1, sourceY + x * pose.yx));
                int left = (int) atX;
                int top = (int) atY;
                float partX = atX - left;
                float partY = atY - top;
                int first = top * width + left;
                int right = left + 1 < width ? 1 : 0;
                int below = top + 1 < height ? width : 0;
                for (int plane = 0; plane < channels * pixels; plane += pixels) {
                    int at = plane + first;
                    float above = from[at] + partX * (from[at + right] - from[at]);
                    float under = from[at + below] + partX * (from[at + below + right] - from[at + below]);
                    to[plane + y * width + x] = above + partY * (under - above);
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
