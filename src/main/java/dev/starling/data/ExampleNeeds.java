package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.model.LayerSpec.EmbeddedColumn;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model asks of the values of examples, beyond their shape.
 *
 * @param codes values of an example that are looked up in tables: whole numbers, 0 to below {@code categories}
 * @param shares whether targets must be from 0 to 1
 */
public record ExampleNeeds(List<EmbeddedColumn> codes, boolean shares) {

    public ExampleNeeds {
        codes = List.copyOf(codes);
    }

    void requireNoCodes(String source) {
        if (!codes.isEmpty()) {
            throw new InputException(
                    "data.source",
                    source + " draws fractions, but the model embeds whole numbers; leave the embedding out or choose"
                            + " another data.source.kind");
        }
    }

    /**
     * InputException with the first value of {@code table} that does not do.
     *
     * @param name of the data, for the message
     * @param set which examples: {@code _train} or {@code _test} of arrays, or how one of them is called
     */
    void require(Table table, Featurizer featurizer, String name, String set) {
        if (!codes.isEmpty()) {
            requireCodes(table, featurizer, name, set);
        }
        if (shares && !table.answers().classification()) {
            requireShares(table.answers(), name, set);
        }
    }

    private void requireCodes(Table table, Featurizer featurizer, String name, String set) {
        RowFeaturizer rows = new RowFeaturizer(featurizer);
        int[] columns = codes.stream().mapToInt(EmbeddedColumn::column).toArray();
        int[] limits = codes.stream().mapToInt(EmbeddedColumn::categories).toArray();
        ThreadLocal<float[]> raws = ThreadLocal.withInitial(() -> new float[table.columns()]);
        ThreadLocal<float[]> mades = ThreadLocal.withInitial(() -> new float[rows.width()]);
        int bad = IntStream.range(0, table.rows())
                .parallel()
                .filter(row -> unfit(table, row, rows, raws.get(), mades.get(), columns, limits) >= 0)
                .findFirst()
                .orElse(-1);
        if (bad < 0) {
            return;
        }
        float[] raw = raws.get();
        float[] made = mades.get();
        int code = unfit(table, bad, rows, raw, made, columns, limits);
        int column = columns[code];
        // One-hot columns make a row wider: then places differ, and raw values are others.
        boolean changed = raw.length == made.length && raw[column] != made[column];
        throw new InputException(
                place(name, "x", set),
                "must be whole numbers from 0 to " + (limits[code] - 1) + ", as they are embedded, got " + made[column]
                        + at("x", set, bad, column, made.length)
                        + (changed ? ", which data.features made of " + raw[column] : ""));
    }

    /** The first of {@code columns} that does not do in {@code row}, or −1. */
    private static int unfit(
            Table table, int row, RowFeaturizer rows, float[] raw, float[] made, int[] columns, int[] limits) {
        table.copyRow(row, raw);
        rows.write(raw, made, 0);
        for (int i = 0; i < columns.length; i++) {
            float value = made[columns[i]];
            if (!(value >= 0 && value < limits[i] && value == (int) value)) {
                return i;
            }
        }
        return -1;
    }

    private static void requireShares(Answers answers, String name, String set) {
        float[] targets = new float[answers.width()];
        for (int row = 0; row < answers.rows(); row++) {
            answers.copyTargets(row, targets, 0);
            for (int i = 0; i < targets.length; i++) {
                if (!(targets[i] >= 0 && targets[i] <= 1)) {
                    throw new InputException(
                            place(name, "y", set),
                            "must hold numbers from 0 to 1 with model.loss = sigmoid-cross-entropy, got " + targets[i]
                                    + at("y", set, row, i, targets.length));
                }
            }
        }
    }

    private static boolean arrays(String set) {
        return set.startsWith("_");
    }

    private static String place(String name, String which, String set) {
        return arrays(set) ? name + ": " + which + set : name;
    }

    private static String at(String which, String set, int row, int column, int width) {
        if (arrays(set)) {
            return " at element " + ((long) row * width + column) + " [" + row + ", " + column + "]";
        }
        return " in " + (which.equals("x") ? "column " + column : "target " + column) + " of " + set + " " + row;
    }
}
