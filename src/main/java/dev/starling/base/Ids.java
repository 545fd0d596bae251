package dev.starling.base;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An immutable list of device ids, compact on the heap and on the wire. */
public final class Ids {

    public static final Ids NONE = new Ids(new int[0]);

    private final int[] values;

    private Ids(int[] values) {
        this.values = values;
    }

    /** Copies {@code values}. */
    public static Ids of(int... values) {
        return new Ids(values.clone());
    }

    public static Ids of(Iterable<Integer> values) {
        IntStream.Builder builder = IntStream.builder();
        values.forEach(builder::add);
        return new Ids(builder.build().toArray());
    }

    public int size() {
        return values.length;
    }

    public int get(int index) {
        return values[index];
    }

    public void forEach(IntConsumer action) {
        for (int value : values) {
            action.accept(value);
        }
    }

    public Set<Integer> toSet() {
        return Arrays.stream(values).boxed().collect(Collectors.toSet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ids ids && Arrays.equals(ids.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
