package dev.starling.model.layer;

import dev.starling.model.Examples;

/** The labels or targets of one batch, on the heap; room grows with the largest batch seen. */
public final class Answers {

    private int[] labels = new int[0];
    private float[] targets = new float[0];
    private boolean labelled;

    /** Copies the answers of examples {@code order[from … from+count-1]}. */
    public void read(Examples examples, int[] order, int from, int count) {
        labelled = examples.targets() == 0;
        if (!labelled) {
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

    /** Target {@code index} of a binary task; a label stands for the target of a single output, or for one of many. */
    float binaryTarget(int index, int outputs) {
        if (!labelled) {
            return targets[index];
        }
        int label = labels[index / outputs];
        return outputs == 1 ? label : label == index % outputs ? 1f : 0f;
    }
}
