package dev.starling.algorithm;

/** All algorithms by their settings. */
public final class Algorithms {

    private Algorithms() {}

    /** The algorithm that {@code settings} ask for. */
    public static Algorithm of(AlgorithmSettings settings) {
        return settings.kind().make(settings);
    }
}
