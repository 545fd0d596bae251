package dev.starling.data;

import java.util.List;

/** Which rows each device owns: device k has {@code rows[offsets[k]] … rows[offsets[k+1]-1]}, in that order. */
final class Ownership {

    private final int[] rows;
    private final int[] offsets;

    /** Takes both over; {@code offsets} starts at 0, never falls and has one entry more than there are devices. */
    Ownership(int[] rows, int[] offsets) {
        this.rows = rows;
        this.offsets = offsets;
    }

    /** Device k gets {@code lists.get(k)}. */
    static Ownership of(List<int[]> lists) {
        int[] offsets = new int[lists.size() + 1];
        for (int device = 0; device < lists.size(); device++) {
            offsets[device + 1] = offsets[device] + lists.get(device).length;
        }
        int[] rows = new int[offsets[lists.size()]];
        for (int device = 0; device < lists.size(); device++) {
            System.arraycopy(lists.get(device), 0, rows, offsets[device], lists.get(device).length);
        }
        return new Ownership(rows, offsets);
    }

    int devices() {
        return offsets.length - 1;
    }

    int start(int device) {
        return offsets[device];
    }

    int count(int device) {
        return offsets[device + 1] - offsets[device];
    }

    int row(int device, int index) {
        return rows[offsets[device] + index];
    }

    /** All rows, device after device; shared, not to be written to. */
    int[] order() {
        return rows;
    }
}
