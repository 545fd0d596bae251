package dev.starling.model;

/** One layer as a scenario describes it; its input shape follows from the layers before it. */
public sealed interface LayerSpec {

    /**
     * Fully connected: activation(W x + b), W of shape {@code [units, inputs]}.
     *
     * @param units outputs, at least 1; 0, in the last layer only: as many as the data has classes or targets
     */
    record Dense(int units, Activation activation) implements LayerSpec {}
}
