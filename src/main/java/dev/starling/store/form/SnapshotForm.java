package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.nio.IntBuffer;

/**
 * All values of a model in {@link BlockWriter blocks}. Bits are rotated by one, the sign to the end: then the high plane
 * holds the exponents, of which a trained model has few, and zeros are zero.
 */
final class SnapshotForm {

    private SnapshotForm() {}

    static void write(Snapshot model, PayloadWriter out) {
        BlockWriter blocks = new BlockWriter(out, model.layout().count());
        for (int bits : Values.bits(model.bytes())) {
            blocks.put(Integer.rotateLeft(bits, 1));
        }
        blocks.finish();
    }

    static Snapshot read(PayloadReader in, TensorLayout layout) {
        byte[] bytes = new byte[(int) layout.bytes()];
        IntBuffer values = Values.asBits(bytes);
        BlockReader blocks = new BlockReader(in, layout.count());
        for (int i = 0; i < layout.count(); i++) {
            values.put(i, Integer.rotateRight(blocks.next(), 1));
        }
        return Snapshot.ofBytes(layout, bytes);
    }
}
