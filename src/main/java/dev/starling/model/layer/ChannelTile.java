package dev.starling.model.layer;

import java.util.Arrays;

/**
 * A stretch of whole pixels, channels innermost, long enough for the JIT's vector loops: what is said per channel is
 * repeated over the tile, what is summed per channel is summed per place of the tile and folded at the end.
 */
final class ChannelTile {

    private static final int LENGTH = 1024;

    private final int channels;
    private final int length;
    private final double[] folded;

    ChannelTile(int channels) {
        this.channels = channels;
        this.length = channels * Math.max(1, LENGTH / channels);
        this.folded = new double[channels];
    }

    int length() {
        return length;
    }

    float[] allocate() {
        return new float[length];
    }

    /** Fills {@code tile} with {@code perChannel[from … from+channels-1]}, again and again. */
    void repeat(float[] perChannel, int from, float[] tile) {
        System.arraycopy(perChannel, from, tile, 0, channels);
        for (int filled = channels; filled < length; filled *= 2) {
            System.arraycopy(tile, 0, tile, filled, Math.min(filled, length - filled));
        }
    }

    /** Sums of {@code tile} per channel, into {@code perChannel} from index {@code from}. */
    void fold(float[] tile, float[] perChannel, int from) {
        Arrays.fill(folded, 0);
        for (int at = 0; at < length; at += channels) {
            for (int c = 0; c < channels; c++) {
                folded[c] += tile[at + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            perChannel[from + c] = (float) folded[c];
        }
    }
}
