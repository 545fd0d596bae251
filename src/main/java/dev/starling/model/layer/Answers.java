package dev.starling.model.layer;

import dev.starling.model.Examples;

/** The labels or targets of one batch, on the heap; room grows with the largest batch seen. */
public final class Answers {

    private int[] labels = new int[0];
    private float[] targets = new float[0];

    /** Copies the answers of examples {@code order[from … from+count-1]}. */
    public void read(Examples examples, int[] order, int from, int count) {
        if (examples.targets() > 0) {
            if (targets.length < count * examples.targets()) {
                targets = new float[count * examples.targets()];
            }
            examples.targets(order, from, count, targets);
        } else {
            if (labels.length < count) {
                labels = new int[count];
            }
            examples.labels(order, from, count, labels);
        }
    }

    int label(int example) {
        return labels[example];
    }

    float target(int index) {
        return targets[index];
    }
}
