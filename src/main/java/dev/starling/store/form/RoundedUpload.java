package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.BaseArchive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A rounded change as a phone uploads it: the levels of {@link AdoptedModel}, packed to 8 or 4 bits each. Its length
 * follows from the layout alone, so an upload can be planned and billed before anything is trained.
 *
 * <p>Tensor after tensor: a scale as float32 and the levels, from the low bits of each byte; of tensors that are not
 * trained (running statistics) the values themselves as float32. Little-endian. In front go the names and shapes of
 * the layout.
 */
public final class RoundedUpload {

    private RoundedUpload() {}

    /** Bytes of an upload, names and shapes included, where a value is rounded to {@code bits}: 8 or 4. */
    public static long size(TensorLayout layout, int bits) {
        return BaseArchive.encodedBytes(layout) - layout.bytes() + valueBytes(layout, bits);
    }

    private static long valueBytes(TensorLayout layout, int bits) {
        long bytes = 0;
        for (int t = 0; t < layout.tensors().size(); t++) {
            long count = layout.tensors().get(t).count();
            bytes += AdoptedForm.rounds(layout, t) ? Float.BYTES + (count * bits + 7) / 8 : Float.BYTES * count;
        }
        return bytes;
    }

    /** What follows the names and shapes. */
    static byte[] encode(Snapshot base, Snapshot trained, int bits) {
        TensorLayout layout = trained.layout();
        ByteBuffer out =
                ByteBuffer.allocate(Math.toIntExact(valueBytes(layout, bits))).order(ByteOrder.LITTLE_ENDIAN);
        float[] before = base.toFloats();
        float[] after = trained.toFloats();
        int most = AdoptedForm.most(bits);
        for (int t = 0; t < layout.tensors().size(); t++) {
            int from = layout.offset(t);
            int count = layout.tensors().get(t).count();
            if (!AdoptedForm.rounds(layout, t)) {
                for (int i = from; i < from + count; i++) {
                    out.putFloat(after[i]);
                }
                continue;
            }
            float scale = AdoptedForm.scale(layout, t, before, after, most);
            out.putFloat(scale);
            int start = out.position();
            out.position(start + (count * bits + 7) / 8);
            for (int i = 0; i < count && scale > 0; i++) {
                int level = AdoptedForm.level(before[from + i], after[from + i], scale, most) & ((1 << bits) - 1);
                int at = start + i * bits / 8;
                out.put(at, (byte) (out.get(at) | level << i * bits % 8));
            }
        }
        return out.array();
    }

    /** The model that the server makes of it: what the device has adopted. */
    static Snapshot decode(byte[] upload, Snapshot base, int bits) {
        TensorLayout layout = base.layout();
        ByteBuffer in = ByteBuffer.wrap(upload).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = base.toFloats();
        for (int t = 0; t < layout.tensors().size(); t++) {
            int from = layout.offset(t);
            int count = layout.tensors().get(t).count();
            if (!AdoptedForm.rounds(layout, t)) {
                for (int i = from; i < from + count; i++) {
                    values[i] = in.getFloat();
                }
                continue;
            }
            float scale = in.getFloat();
            int start = in.position();
            in.position(start + (count * bits + 7) / 8);
            for (int i = 0; i < count; i++) {
                int unsigned = in.get(start + i * bits / 8) >> i * bits % 8;
                int level = unsigned << (32 - bits) >> (32 - bits);
                if (level != 0) {
                    values[from + i] = AdoptedForm.moved(values[from + i], level, scale);
                }
            }
        }
        return Snapshot.of(layout, values);
    }
}
