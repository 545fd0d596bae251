package dev.starling.aggregate;

import dev.starling.base.Bytes;
import dev.starling.base.Rng;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Deltas for tests. */
final class Deltas {

    private Deltas() {}

    static FloatBuffer direct(float... values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(4 * values.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(0, values);
    }

    static float[] gaussian(Rng rng, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * rng.nextGaussian());
        }
        return values;
    }

    static float[] plus(float[] left, float[] right) {
        float[] sum = left.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    static Bytes bits(ExactSum sum) {
        return sum.bytes(0, sum.count());
    }
}
