package dev.starling.model;

import java.nio.FloatBuffer;

/**
 * Examples that a model can be trained on or evaluated with, already featurized. Read-only, safe to share between
 * threads. Examples never leave the node on which they live.
 */
public interface Examples {

    int count();

    /** Floats per example. */
    int width();

    /** Targets per example when the task is regression; 0 when examples carry a class label. */
    int targets();

    /**
     * Copies the features of examples {@code order[from … from+count-1]} into {@code features} ([count, width],
     * starting at index 0, position untouched).
     */
    void features(int[] order, int from, int count, FloatBuffer features);

    /**
     * As {@link #features}, for training: examples may be changed at random, as if there were more of them. The same key
     * makes the same change; keys differ between the steps of all local trainings.
     */
    default void trainingFeatures(int[] order, int from, int count, long key, FloatBuffer features) {
        features(order, from, count, features);
    }

    /** Copies the class labels of examples {@code order[from … from+count-1]} into {@code labels}, from index 0. */
    void labels(int[] order, int from, int count, int[] labels);

    /** Copies the targets of the same examples ([count, targets]) into {@code values}, from index 0. */
    void targets(int[] order, int from, int count, float[] values);
}
