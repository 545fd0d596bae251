package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.Server;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a server optimizer remembers between rounds. Immutable. */
public final class OptimizerState {

    private final Server kind;
    private final List<double[]> vectors;

    private OptimizerState(Server kind, List<double[]> vectors) {
        this.kind = kind;
        this.vectors = vectors;
    }

    /**
     * Copies {@code vectors}, each with one value per parameter (momentum, then second moment, as far as the kind
     * has them); none before the first step.
     */
    public static OptimizerState of(Server kind, double[]... vectors) {
        return new OptimizerState(kind, Stream.of(vectors).map(double[]::clone).toList());
    }

    public Server kind() {
        return kind;
    }

    /** Number of vectors; 0 before the first step. */
    public int vectors() {
        return vectors.size();
    }

    /** A copy of vector {@code index}. */
    public double[] vector(int index) {
        return vectors.get(index).clone();
    }

    /** The vectors for an optimizer of {@code kind} that has {@code count} of them, or none before its first step. */
    List<double[]> vectorsFor(Server expected, int count) {
        if (kind != expected || (!vectors.isEmpty() && vectors.size() != count)) {
            throw new IllegalArgumentException("the state of a " + expected + " optimizer has " + count
                    + " vectors or none, got that of " + kind + " with " + vectors.size());
        }
        return vectors.stream().map(double[]::clone).toList();
    }

    /** Same kind and same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OptimizerState state
                && state.kind == kind
                && Arrays.deepEquals(state.vectors.toArray(), vectors.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.deepHashCode(vectors.toArray());
    }

    @Override
    public String toString() {
        return kind + " with " + vectors.size() + " vectors";
    }
}
