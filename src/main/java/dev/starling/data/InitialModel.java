package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a first base model that was made elsewhere. */
public final class InitialModel {

    private InitialModel() {}

    /**
     * Reads the arrays of an {@code .npz}, in the order of the file, as the tensors of {@code layout}, in its order;
     * dense weights are {@code [out, in]}. Names do not matter.
     *
     * @throws InputException naming the first array whose shape does not fit
     */
    public static Snapshot read(Path file, TensorLayout layout) {
        List<NpyArray> arrays = new ArrayList<>(Npz.readArrays(file).values());
        if (arrays.size() != layout.tensors().size()) {
            throw new InputException(
                    file.toString(),
                    "must hold one array per tensor of the model ("
                            + layout.tensors().size() + "), got " + arrays.size());
        }
        float[] values = new float[layout.count()];
        for (int i = 0; i < arrays.size(); i++) {
            NpyArray array = arrays.get(i);
            TensorSpec tensor = layout.tensors().get(i);
            if (!array.shape().equals(tensor.shape())) {
                throw new InputException(
                        array.place(),
                        "must have shape " + tensor.shape() + " (" + tensor.name() + "), got " + array.shape());
            }
            System.arraycopy(array.toFloats(), 0, values, layout.offset(i), tensor.count());
        }
        return Snapshot.of(layout, values);
    }
}
