package dev.starling.model;

/** What a layer applies to its outputs. */
public enum Activation {
    LINEAR,
    RELU,
    /** x for positive x, else 0.01 x. */
    LEAKY_RELU,
    TANH,
    SIGMOID,
    /** x Φ(x) with the Gaussian distribution function Φ (Hendrycks and Gimpel 2016), not its tanh approximation. */
    GELU
}
