package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.DataSettings.FromFile;
import dev.starling.data.DataSettings.Standardization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the headers of a data set's arrays say: shapes and types, and whether they go together. No element is read. */
final class NpzLayout {

    private static final List<String> DATA = List.of("x_train", "y_train", "x_test", "y_test");
    private static final List<String> OWNERS = List.of("offsets", "indices");
    private static final String SHAPES =
            "must have shape [examples, features], [examples, h, w] or [examples, c, h, w]";

    private final Path file;
    private final Map<String, NpyHeader> headers;
    private final List<Problem> problems = new ArrayList<>();

    private NpzLayout(Path file, Map<String, NpyHeader> headers) {
        this.file = file;
        this.headers = headers;
    }

    /** InputException with every problem of the headers. */
    static NpzLayout of(DataSettings.Npz source, DataSettings settings) {
        Path file = source.file();
        Npz.requireNames(file, DATA);
        Set<String> names = names(settings);
        NpzLayout layout = new NpzLayout(file, Npz.readHeaders(file, names::contains));
        layout.check();
        if (!layout.problems.isEmpty()) {
            throw new InputException(layout.problems);
        }
        return layout;
    }

    /** The arrays that {@code settings} ask for; others may be of any kind. */
    static Set<String> names(DataSettings settings) {
        List<String> names = new ArrayList<>(DATA);
        if (settings.partition() instanceof FromFile) {
            names.addAll(OWNERS);
        }
        return Set.copyOf(names);
    }

    private void check() {
        boolean train = rows("x_train", "y_train");
        boolean test = rows("x_test", "y_test");
        boolean rows = train && test;
        if (rows && !inner("x_train").equals(inner("x_test"))) {
            unlike("x");
        }
        if (rows && width("y_train") != width("y_test")) {
            unlike("y");
        }
        for (String name : OWNERS) {
            if (headers.containsKey(name) && shape(name).size() != 1) {
                problem(name, "must have one dimension, got shape " + shape(name) + "; numpy.ravel(" + name + ")");
            }
        }
    }

    private boolean rows(String rows, String answers) {
        List<Integer> shape = shape(rows);
        int before = problems.size();
        if (shape.isEmpty() || shape.get(0) == 0) {
            problem(rows, "must hold at least one example, got shape " + shape);
        } else if (shape.size() == 1) {
            problem(rows, SHAPES + ", got " + shape + "; " + rows + ".reshape(-1, 1) makes it one feature an example");
        } else if (shape.size() > 4 || shape.contains(0)) {
            problem(rows, SHAPES + ", got " + shape + "; " + rows + ".reshape(len(" + rows + "), -1) makes it rows");
        }
        List<Integer> of = shape(answers);
        if (of.isEmpty() || of.size() > 2 || (of.size() == 2 && of.get(1) == 0)) {
            problem(answers, "must have shape [examples] or [examples, targets], got " + of);
        } else if (!shape.isEmpty() && shape.get(0) > 0 && !of.get(0).equals(shape.get(0))) {
            problem(answers, "must have one answer per example (" + shape.get(0) + "), got shape " + of);
        }
        return problems.size() == before;
    }

    private void unlike(String which) {
        String train = which + "_train";
        String test = which + "_test";
        problem(test, "must have rows like those of " + train + " " + shape(train) + ", got " + shape(test));
    }

    private void problem(String name, String message) {
        problems.add(new Problem(place(name), message));
    }

    String place(String name) {
        return file + ": " + name;
    }

    private NpyHeader header(String name) {
        return Npz.require(headers, name, file);
    }

    private List<Integer> shape(String name) {
        return header(name).shape();
    }

    private List<Integer> inner(String name) {
        return shape(name).subList(1, shape(name).size());
    }

    private int width(String name) {
        return shape(name).size() == 1 ? 1 : shape(name).get(1);
    }

    /** Of one example: {@code [features]} or {@code [c, h, w]}. */
    List<Integer> input() {
        List<Integer> inner = inner("x_train");
        // Two sizes are an image of one channel, as Keras has its digits.
        return inner.size() == 2 ? List.of(1, inner.get(0), inner.get(1)) : List.copyOf(inner);
    }

    /** Bytes that the arrays take. */
    long bytes() {
        return headers.values().stream().mapToLong(NpyHeader::bytes).sum();
    }

    /** What may be meant otherwise. */
    List<String> remarks(DataSettings.Features features) {
        List<String> remarks = new ArrayList<>();
        List<Integer> inner = inner("x_train");
        if (inner.size() == 3) {
            int channels = inner.get(2);
            boolean last = (channels == 1 || channels == 3 || channels == 4)
                    && inner.get(0) > channels
                    && inner.get(1) > channels;
            if (last) {
                remarks.add(place("x_train") + ": shape " + shape("x_train") + " is read as " + inner.get(0)
                        + " channels of " + inner.get(1) + "×" + inner.get(2) + ", [examples, c, h, w], but looks like "
                        + channels + " channels at the end; numpy.moveaxis(x, 3, 1) brings them to the front");
            }
        }
        boolean asTheyAre = features.scale() == 1 && features.standardization() == Standardization.NONE;
        if (inner.size() > 1 && asTheyAre && header("x_train").type() == NpyType.UINT8) {
            remarks.add(place("x_train") + ": bytes up to 255 reach the model as they are; data.features.scale = 1/255"
                    + " makes them 0 to 1");
        }
        return remarks;
    }
}
