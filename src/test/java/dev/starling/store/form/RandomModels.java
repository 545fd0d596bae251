package dev.starling.store.form;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Models of random tensors and random bits, and changes of them: some tensors untouched, some in part, some as a whole. */
final class RandomModels {

    private static final int[] SPECIAL = {
        0,
        0x8000_0000,
        1,
        0x8000_0001,
        0x007F_FFFF,
        0x0080_0000,
        0x7F7F_FFFF,
        0xFF7F_FFFF,
        0x7F80_0000,
        0xFF80_0000,
        0x7FC0_0000,
        0x7F80_0001,
        0xFFFF_FFFF,
        0x7FC0_1234
    };

    private final Rng rng;

    RandomModels(long seed) {
        this.rng = new Seeds(seed).of(Purpose.GENERATE_DATA);
    }

    /** Up to 12 tensors of 1 to {@code largest} values; now and then none at all. */
    TensorLayout layout(int largest) {
        List<TensorSpec> tensors = new ArrayList<>();
        int count = rng.nextInt(13);
        for (int i = 0; i < count; i++) {
            int size = rng.nextInt(3) == 0 ? 1 + rng.nextInt(3) : 1 + rng.nextInt(largest);
            tensors.add(new TensorSpec("t" + i, size == 1 && rng.nextInt(2) == 0 ? List.of() : List.of(size)));
        }
        return new TensorLayout(tensors);
    }

    /** Each tensor with values of its own kind. */
    Snapshot model(TensorLayout layout) {
        float[] values = new float[layout.count()];
        for (int i = 0; i < layout.tensors().size(); i++) {
            int kind = rng.nextInt(4);
            for (int at = 0; at < layout.tensors().get(i).count(); at++) {
                values[layout.offset(i) + at] = value(kind);
            }
        }
        return Snapshot.of(layout, values);
    }

    private float value(int kind) {
        return switch (kind) {
            case 0 -> Float.intBitsToFloat((int) rng.nextLong());
            case 1 -> Float.intBitsToFloat(SPECIAL[rng.nextInt(SPECIAL.length)]);
            case 2 -> (float) (0.1 * rng.nextGaussian());
            default -> 0;
        };
    }

    /** {@code model} with each tensor untouched, or a random share of its values moved a little or replaced. */
    Snapshot changed(Snapshot model) {
        float[] values = model.toFloats();
        TensorLayout layout = model.layout();
        for (int i = 0; i < layout.tensors().size(); i++) {
            double share = Math.max(0, rng.uniform(-0.5, 1.5)) * (rng.nextInt(3) == 0 ? 0.02 : 1);
            int kind = rng.nextInt(5);
            for (int at = layout.offset(i);
                    at < layout.offset(i) + layout.tensors().get(i).count();
                    at++) {
                if (rng.nextDouble() < share) {
                    int bits = Float.floatToRawIntBits(values[at]);
                    values[at] = kind == 4 ? Float.intBitsToFloat(bits + rng.nextInt(1000) - 500) : value(kind);
                }
            }
        }
        return Snapshot.of(layout, values);
    }

    /** {@code model} after a training: every value of some tensors moved by a small random amount. */
    Snapshot trained(Snapshot model, double step) {
        float[] values = model.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (step * rng.nextGaussian());
        }
        return Snapshot.of(model.layout(), values);
    }

    /** Of normal values. */
    Snapshot normal(TensorLayout layout) {
        float[] values = new float[layout.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(2);
        }
        return Snapshot.of(layout, values);
    }
}
