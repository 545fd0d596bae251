package dev.starling.data;

import dev.starling.base.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who owns which rows: {@code offsets} into the rows of {@code x_train}, or into {@code indices} of them. */
final class NpzOwners {

    private final Ownership owners;
    private final List<String> remarks;

    private NpzOwners(Ownership owners, List<String> remarks) {
        this.owners = owners;
        this.remarks = List.copyOf(remarks);
    }

    /** @param rows of {@code x_train} */
    static NpzOwners of(Map<String, NpyArray> arrays, Path file, int rows) {
        NpyArray offsets = arrays.get("offsets");
        NpyArray indices = arrays.get("indices");
        if (offsets == null) {
            throw new InputException(
                    file.toString(),
                    indices == null
                            ? "must hold an array offsets (device k owns rows offsets[k] to offsets[k+1]-1)"
                            : "has indices but no offsets into them");
        }
        List<String> remarks = new ArrayList<>();
        int[] order = indices == null ? Rows.all(rows) : order(indices, rows, remarks);
        String what = indices == null ? "the rows of x_train" : "the length of indices";
        return new NpzOwners(new Ownership(order, starts(offsets, order.length, what)), remarks);
    }

    Ownership owners() {
        return owners;
    }

    /** What may be meant otherwise. */
    List<String> remarks() {
        return remarks;
    }

    private static int[] starts(NpyArray array, int end, String what) {
        int[] offsets = array.toInts();
        if (offsets.length < 2 || offsets[0] != 0) {
            throw new InputException(
                    array.place(),
                    "must start with 0 and have one entry more than there are devices, got "
                            + (offsets.length < 2 ? "shape " + array.shape() : array.element(0)));
        }
        for (int device = 1; device < offsets.length; device++) {
            if (offsets[device] < offsets[device - 1] || offsets[device] > end) {
                throw new InputException(
                        array.place(),
                        "must rise to " + end + " (" + what + ") and never fall, got " + offsets[device - 1] + ", then "
                                + array.element(device));
            }
        }
        int last = offsets[offsets.length - 1];
        if (last != end) {
            throw new InputException(
                    array.place(),
                    "must end with " + end + " (" + what + "), got " + last + ": nobody would own the " + (end - last)
                            + " after it");
        }
        return offsets;
    }

    private static int[] order(NpyArray array, int rows, List<String> remarks) {
        int[] order = array.toInts();
        boolean[] owned = new boolean[rows];
        int twice = -1;
        int distinct = 0;
        for (int i = 0; i < order.length; i++) {
            int row = order[i];
            if (row < 0 || row >= rows) {
                throw new InputException(
                        array.place(), "must be rows of x_train (0 to " + (rows - 1) + "), got " + array.element(i));
            }
            if (owned[row] && twice < 0) {
                twice = i;
            }
            distinct += owned[row] ? 0 : 1;
            owned[row] = true;
        }
        if (twice >= 0) {
            remarks.add(array.place() + ": " + (order.length - distinct)
                    + " rows of x_train are named again, the first: " + array.element(twice));
        }
        if (distinct < rows) {
            remarks.add(array.place() + ": nobody owns " + (rows - distinct) + " of the " + rows + " rows of x_train");
        }
        return order;
    }
}
