package dev.starling.store.sql;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Four bytes per tensor (CRC-32C of its values) that say <em>where</em> a recovered model differs from the saved one.
 * <em>That</em> it differs is told by the root alone.
 */
final class TensorSums {

    private TensorSums() {}

    static byte[] of(Snapshot model) {
        TensorLayout layout = model.layout();
        ByteBuffer values = model.bytes();
        ByteBuffer sums = ByteBuffer.allocate(4 * layout.tensors().size());
        for (int i = 0; i < layout.tensors().size(); i++) {
            CRC32C sum = new CRC32C();
            sum.update(values.slice(
                    4 * layout.offset(i), 4 * layout.tensors().get(i).count()));
            sums.putInt((int) sum.getValue());
        }
        return sums.array();
    }

    /** The first tensor of {@code model} whose sum is not the saved one. */
    static Optional<String> firstDifference(byte[] saved, Snapshot model) {
        ByteBuffer expected = ByteBuffer.wrap(saved);
        ByteBuffer actual = ByteBuffer.wrap(of(model));
        int tensors = Math.min(expected.capacity(), actual.capacity()) / 4;
        for (int i = 0; i < tensors; i++) {
            if (expected.getInt(4 * i) != actual.getInt(4 * i)) {
                return Optional.of(model.layout().tensors().get(i).name());
            }
        }
        return Optional.empty();
    }
}
