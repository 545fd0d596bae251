package dev.starling.model;

/** What a layer applies to its outputs. */
public enum Activation {
    LINEAR,
    RELU,
    TANH,
    SIGMOID
}
