package dev.starling.model;

/** How the weights of the first base model are drawn; biases start at zero. */
public enum Initializer {
    /** Normal with variance 2 ÷ fan-in (He et al., ICCV 2015, eq. 10). */
    HE,
    /** Uniform within ±√(6 ÷ (fan-in + fan-out)) (Glorot and Bengio, AISTATS 2010, eq. 16). */
    GLOROT,
    /** All zero: only sensible for models without hidden layers. */
    ZERO
}
