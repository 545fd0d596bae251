package dev.starling.data;

/** Raw rows and their answers, before featurization. Images stay the bytes that they are in their files. */
final class Table {

    private final int columns;
    private final byte[] bytes;
    private final float[] floats;
    private final boolean packed;
    private final Answers answers;

    private Table(int columns, byte[] bytes, float[] floats, boolean packed, Answers answers) {
        this.columns = columns;
        this.bytes = bytes;
        this.floats = floats;
        this.packed = packed;
        this.answers = answers;
        long cells = (long) answers.rows() * columns;
        if (cells != (packed ? bytes.length : floats.length)) {
            throw new IllegalArgumentException(
                    answers.rows() + " rows of " + columns + " columns do not fit the cells");
        }
    }

    /** Unsigned bytes, [rows, columns]; taken over. */
    static Table of(int columns, byte[] cells, Answers answers) {
        return new Table(columns, cells, new float[0], true, answers);
    }

    /** Floats, [rows, columns]; taken over. */
    static Table of(int columns, float[] cells, Answers answers) {
        return new Table(columns, new byte[0], cells, false, answers);
    }

    int rows() {
        return answers.rows();
    }

    int columns() {
        return columns;
    }

    Answers answers() {
        return answers;
    }

    float cell(int row, int column) {
        int index = row * columns + column;
        return packed ? bytes[index] & 0xff : floats[index];
    }

    /** Copies one row into {@code to} from index 0. */
    void copyRow(int row, float[] to) {
        int from = row * columns;
        if (packed) {
            for (int column = 0; column < columns; column++) {
                to[column] = bytes[from + column] & 0xff;
            }
        } else {
            System.arraycopy(floats, from, to, 0, columns);
        }
    }

    Table rows(int[] rows) {
        float[] cells = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            for (int column = 0; column < columns; column++) {
                cells[i * columns + column] = cell(rows[i], column);
            }
        }
        return of(columns, cells, answers.rows(rows));
    }
}
