package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A lossless delta: for each tensor two bits with its {@link TensorDelta.Form}, then the positions of those that are
 * sparse, then the differences of all in {@link BlockWriter blocks}.
 */
final class DeltaForm {

    private DeltaForm() {}

    static void write(Snapshot model, Snapshot against, PayloadWriter out) {
        List<TensorDelta> tensors = new ArrayList<>();
        BitWriter forms = new BitWriter(out);
        int total = 0;
        for (int i = 0; i < model.layout().tensors().size(); i++) {
            TensorDelta tensor = TensorDelta.of(differences(model, against, i));
            tensors.add(tensor);
            total += tensor.count();
            forms.put(tensor.form().code(), 2);
        }
        forms.finish();
        tensors.forEach(tensor -> tensor.writePositions(out));
        BlockWriter blocks = new BlockWriter(out, total);
        tensors.forEach(tensor -> tensor.writeDifferences(blocks));
        blocks.finish();
    }

    /** Of tensor {@code index}; none at all if it did not change. */
    private static int[] differences(Snapshot model, Snapshot against, int index) {
        int from = 4 * model.layout().offset(index);
        int size = 4 * model.layout().tensors().get(index).count();
        ByteBuffer mine = model.bytes().slice(from, size);
        ByteBuffer theirs = against.bytes().slice(from, size);
        if (mine.mismatch(theirs) < 0) {
            return new int[0];
        }
        int[] differences = Values.bits(mine);
        int[] before = Values.bits(theirs);
        for (int i = 0; i < differences.length; i++) {
            differences[i] = FloatOrder.difference(differences[i], before[i]);
        }
        return differences;
    }

    static Snapshot read(PayloadReader in, Snapshot against) {
        TensorLayout layout = against.layout();
        BitReader bits = new BitReader(in);
        List<TensorDelta.Form> forms = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            forms.add(TensorDelta.Form.of(bits.next(2)));
        }
        List<int[]> positions = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < forms.size(); i++) {
            TensorSpec tensor = layout.tensors().get(i);
            positions.add(
                    switch (forms.get(i)) {
                        case GAPS -> Positions.readGaps(in, tensor.count());
                        case BITMAP -> Positions.readBitmap(in, tensor.count());
                        case ABSENT, DENSE -> new int[0];
                    });
            total += forms.get(i) == TensorDelta.Form.DENSE ? tensor.count() : positions.get(i).length;
        }
        byte[] bytes = Values.copy(against);
        IntBuffer values = Values.asBits(bytes);
        BlockReader blocks = new BlockReader(in, total);
        for (int i = 0; i < forms.size(); i++) {
            int offset = layout.offset(i);
            if (forms.get(i) == TensorDelta.Form.DENSE) {
                int end = offset + layout.tensors().get(i).count();
                for (int at = offset; at < end; at++) {
                    values.put(at, FloatOrder.applied(blocks.next(), values.get(at)));
                }
            } else {
                for (int position : positions.get(i)) {
                    int at = offset + position;
                    values.put(at, FloatOrder.applied(blocks.next(), values.get(at)));
                }
            }
        }
        return Snapshot.ofBytes(layout, bytes);
    }
}
