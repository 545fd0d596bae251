package dev.starling.store.form;

/**
 * The change of one tensor on its way into a payload.
 *
 * <p>Not a record: it wraps arrays, which nobody else holds.
 */
final class TensorDelta {

    /** How a tensor's values stand in a payload; two bits say which. */
    enum Form {
        ABSENT(0),
        DENSE(1),
        GAPS(2),
        BITMAP(3);

        private final int code;

        Form(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** @param code of two bits */
        static Form of(int code) {
            return switch (code) {
                case 0 -> ABSENT;
                case 1 -> DENSE;
                case 2 -> GAPS;
                default -> BITMAP;
            };
        }
    }

    private static final double LOG_2 = Math.log(2);

    private final Form form;
    private final int[] differences;
    private final int[] positions;
    private final int values;

    private TensorDelta(Form form, int[] differences, int[] positions, int values) {
        this.form = form;
        this.differences = differences;
        this.positions = positions;
        this.values = values;
    }

    /** @param differences one per value of the tensor, 0 where nothing changed; handed over */
    static TensorDelta of(int[] differences) {
        int changed = 0;
        for (int difference : differences) {
            changed += difference == 0 ? 0 : 1;
        }
        if (changed == 0) {
            return new TensorDelta(Form.ABSENT, new int[0], new int[0], differences.length);
        } else if (changed == differences.length) {
            return new TensorDelta(Form.DENSE, differences, new int[0], differences.length);
        }
        int[] positions = new int[changed];
        int[] changes = new int[changed];
        int found = 0;
        for (int i = 0; i < differences.length; i++) {
            if (differences[i] != 0) {
                positions[found] = i;
                changes[found++] = differences[i];
            }
        }
        return smaller(differences, positions, changes);
    }

    /** Unchanged values may be cheaper as zeros than as gaps in between. */
    private static TensorDelta smaller(int[] differences, int[] positions, int[] changes) {
        int gaps = Positions.gapBytes(positions, positions.length);
        int bitmap = Positions.bitmapBytes(differences.length);
        if (zeroBits(differences.length, positions.length) <= 8.0 * Math.min(gaps, bitmap)) {
            return new TensorDelta(Form.DENSE, differences, new int[0], differences.length);
        }
        return new TensorDelta(gaps <= bitmap ? Form.GAPS : Form.BITMAP, changes, positions, differences.length);
    }

    /**
     * What a code of frequencies spends on telling {@code changed} values from the zeros among {@code values}: the entropy
     * of the two, but at least a bit for each zero, as Huffman codes have whole bits.
     */
    private static double zeroBits(int values, int changed) {
        int zeros = values - changed;
        double perZero = Math.max(1, Math.log((double) values / zeros) / LOG_2);
        return zeros * perZero + changed * Math.log((double) values / changed) / LOG_2;
    }

    Form form() {
        return form;
    }

    /** How many differences stand in the payload. */
    int count() {
        return differences.length;
    }

    void writePositions(PayloadWriter out) {
        if (form == Form.GAPS) {
            Positions.writeGaps(positions, positions.length, out);
        } else if (form == Form.BITMAP) {
            Positions.writeBitmap(positions, positions.length, values, out);
        }
    }

    void writeDifferences(BlockWriter blocks) {
        for (int difference : differences) {
            blocks.put(difference);
        }
    }
}
