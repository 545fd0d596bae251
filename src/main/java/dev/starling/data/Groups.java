package dev.starling.data;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The value that each training row has in one column, as an index into the sorted distinct values. */
final class Groups {

    private final int[] codes;
    private final int count;

    private Groups(int[] codes, int count) {
        this.codes = codes;
        this.count = count;
    }

    static Groups of(List<String> values) {
        List<String> distinct = List.copyOf(new TreeSet<>(values));
        int[] codes = new int[values.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = Collections.binarySearch(distinct, values.get(row));
        }
        return new Groups(codes, distinct.size());
    }

    int count() {
        return count;
    }

    int code(int row) {
        return codes[row];
    }

    Groups rows(int[] rows) {
        int[] chosen = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = codes[rows[i]];
        }
        return new Groups(chosen, count);
    }
}
