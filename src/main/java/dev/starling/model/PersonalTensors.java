package dev.starling.model;

import java.util.Arrays;
import java.util.List;

/**
 * The tensors of a model that stay on each device instead of being averaged (personal layers: Arivazhagan et al.,
 * Federated learning with personalization layers, 2019). A device keeps its own from round to round; in the base they
 * stay as they were at first.
 */
public final class PersonalTensors {

    private static final int NAMED = 2;

    private final List<TensorRange> ranges;
    private final List<String> names;

    public PersonalTensors(TensorLayout layout) {
        this.ranges = TensorRange.where(layout, TensorSpec::personal);
        this.names = layout.tensors().stream()
                .filter(TensorSpec::personal)
                .map(TensorSpec::name)
                .toList();
    }

    /** Whether there are any. */
    public boolean any() {
        return !ranges.isEmpty();
    }

    /** Why a base by itself is no model that could be evaluated, for people; empty if it is one. */
    public String whyBaseIsIncomplete() {
        return names.isEmpty()
                ? ""
                : "its " + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "")
                        + " stay on the devices: in the base nobody trained or measured them";
    }

    /** {@code base} with the personal tensors of {@code own}. */
    public Snapshot keptIn(Snapshot base, Snapshot own) {
        float[] values = base.toFloats();
        for (TensorRange range : ranges) {
            own.floats().get(range.from(), values, range.from(), range.count());
        }
        return Snapshot.of(base.layout(), values);
    }

    /** {@code mean} without what it says of personal tensors: they are not averaged. */
    public Delta without(Delta mean) {
        if (!any()) {
            return mean;
        }
        double[] values = new double[mean.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean.get(i);
        }
        for (TensorRange range : ranges) {
            Arrays.fill(values, range.from(), range.from() + range.count(), 0);
        }
        return Delta.of(values);
    }
}
