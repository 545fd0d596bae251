package dev.starling.store.form;

import dev.starling.base.Bytes;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.DamagedModelException;
import java.nio.FloatBuffer;

/**
 * A rounded delta: bits per value, a bit for each tensor that changed, the scales of those as float32, the values of
 * those among them whose scale is 0, then all levels of the others, zigzag, in {@link BlockWriter blocks}.
 *
 * <p>Scale 0 says that a tensor is not rounded: running statistics are no sums of many small steps, and half a level
 * is more than all of a small variance.
 */
final class AdoptedForm {

    private AdoptedForm() {}

    static AdoptedModel adopt(Snapshot base, Snapshot trained, int bits) {
        if (bits != 8 && bits != 4) {
            throw new IllegalArgumentException("a delta is rounded to 8 or 4 bits, got " + bits);
        }
        VersionCodec.requireSameTensors(trained.layout(), base.layout());
        TensorLayout layout = trained.layout();
        float[] before = base.toFloats();
        float[] after = trained.toFloats();
        PayloadWriter out = VersionCodec.begin(VersionCodec.Form.ADOPTED);
        out.put(bits);
        BitWriter present = new BitWriter(out);
        float[] scales = new float[layout.tensors().size()];
        int total = 0;
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale(layout, i, before, after, most(bits));
            present.put(scales[i] > 0 ? 1 : 0, 1);
            total +=
                    scales[i] > 0 && rounds(layout, i) ? layout.tensors().get(i).count() : 0;
        }
        present.finish();
        for (int i = 0; i < scales.length; i++) {
            if (scales[i] > 0) {
                out.int32(Float.floatToRawIntBits(rounds(layout, i) ? scales[i] : 0));
            }
        }
        byte[] bytes = Values.copy(base);
        FloatBuffer adopted = Values.asFloats(bytes);
        for (int i = 0; i < scales.length; i++) {
            int end = layout.offset(i) + layout.tensors().get(i).count();
            for (int at = layout.offset(i); at < end && scales[i] > 0 && !rounds(layout, i); at++) {
                out.int32(Float.floatToRawIntBits(after[at]));
                adopted.put(at, after[at]);
            }
        }
        BlockWriter blocks = new BlockWriter(out, total);
        for (int i = 0; i < scales.length; i++) {
            if (scales[i] > 0 && rounds(layout, i)) {
                round(layout, i, before, after, scales[i], most(bits), blocks, adopted);
            }
        }
        blocks.finish();
        return new AdoptedModel(Snapshot.ofBytes(layout, bytes), Bytes.of(out.sealed()));
    }

    static boolean rounds(TensorLayout layout, int index) {
        return layout.tensors().get(index).trainable();
    }

    /** The largest level. */
    static int most(int bits) {
        return (1 << (bits - 1)) - 1;
    }

    /** What a level is worth in tensor {@code index}; 0 if nothing changed. */
    static float scale(TensorLayout layout, int index, float[] before, float[] after, int most) {
        int end = layout.offset(index) + layout.tensors().get(index).count();
        double largest = 0;
        for (int i = layout.offset(index); i < end; i++) {
            double change = Math.abs(change(before[i], after[i]));
            if (!Double.isFinite(change)) {
                throw unfit(layout, index, i, before[i], after[i]);
            }
            largest = Math.max(largest, change);
        }
        // The smallest changes of all would have scale 0: they are worth the smallest float that there is.
        return largest == 0 ? 0 : Math.max((float) (largest / most), Float.MIN_VALUE);
    }

    /** 0 for the same bits, whatever they stand for. */
    private static double change(float before, float after) {
        return Float.floatToRawIntBits(before) == Float.floatToRawIntBits(after) ? 0 : (double) after - before;
    }

    private static void round(
            TensorLayout layout,
            int index,
            float[] before,
            float[] after,
            float scale,
            int most,
            BlockWriter blocks,
            FloatBuffer adopted) {
        int end = layout.offset(index) + layout.tensors().get(index).count();
        for (int i = layout.offset(index); i < end; i++) {
            int rounded = level(before[i], after[i], scale, most);
            blocks.put(FloatOrder.zigzag(rounded));
            if (rounded != 0) {
                float value = moved(before[i], rounded, scale);
                if (!Float.isFinite(value)) {
                    throw unfit(layout, index, i, before[i], after[i]);
                }
                adopted.put(i, value);
            }
        }
    }

    static int level(float before, float after, float scale, int most) {
        double level = Math.rint(change(before, after) / scale);
        return (int) Math.max(-most, Math.min(most, level));
    }

    /**
     * The one way to compute an adopted value, on the device and in every recovery: the product of a level and a scale is
     * exact as a double, then two roundings follow in this order. Java computes them alike on every machine.
     */
    static float moved(float base, int level, float scale) {
        double change = (double) level * scale;
        return (float) (base + change);
    }

    private static IllegalArgumentException unfit(TensorLayout layout, int index, int at, float before, float after) {
        return new IllegalArgumentException(
                "tensor " + layout.tensors().get(index).name() + " changed from " + before + " to " + after + " at "
                        + (at - layout.offset(index)) + ": only finite changes can be rounded");
    }

    static Snapshot read(PayloadReader in, Snapshot base) {
        int bits = in.next();
        if (bits != 8 && bits != 4) {
            throw DamagedModelException.payload("a delta is rounded to 8 or 4 bits, they say " + bits);
        }
        TensorLayout layout = base.layout();
        BitReader present = new BitReader(in);
        boolean[] changed = new boolean[layout.tensors().size()];
        long total = 0;
        for (int i = 0; i < changed.length; i++) {
            changed[i] = present.next(1) == 1;
        }
        float[] scales = new float[changed.length];
        for (int i = 0; i < changed.length; i++) {
            scales[i] = changed[i] ? Float.intBitsToFloat(in.int32()) : 0;
            total += scales[i] == 0 ? 0 : layout.tensors().get(i).count();
        }
        byte[] bytes = Values.copy(base);
        FloatBuffer values = Values.asFloats(bytes);
        for (int i = 0; i < changed.length; i++) {
            boolean exact = changed[i] && scales[i] == 0;
            int end = layout.offset(i) + layout.tensors().get(i).count();
            for (int at = layout.offset(i); at < end && exact; at++) {
                values.put(at, Float.intBitsToFloat(in.int32()));
            }
            changed[i] &= !exact;
        }
        BlockReader blocks = new BlockReader(in, total);
        for (int i = 0; i < changed.length; i++) {
            int end = changed[i] ? layout.offset(i) + layout.tensors().get(i).count() : 0;
            for (int at = layout.offset(i); at < end; at++) {
                int level = FloatOrder.unzigzag(blocks.next());
                if (Math.abs((long) level) > most(bits)) {
                    throw DamagedModelException.payload("a level is " + level + ", at most " + most(bits) + " fits");
                }
                if (level != 0) {
                    values.put(at, moved(values.get(at), level, scales[i]));
                }
            }
        }
        return Snapshot.ofBytes(layout, bytes);
    }
}
