package dev.starling.store;

import java.util.Locale;
import java.util.Optional;

/** What a version was made by. */
public enum PipelinePart {
    /** Layers and loss. */
    ARCHITECTURE,
    /** How examples become features. */
    FEATURIZER,
    /** Which data: files by hash, or a generator's settings, and the device's part. Never the data itself. */
    DATA,
    /** Local training: optimizer, rates, epochs, batches. */
    RECIPE,
    /** All randomness: the run's seed and the keys of the streams. */
    SEEDS,
    /** The program. */
    CODE;

    /** In paths: {@code recipe.learning-rate}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PipelinePart> of(String label) {
        for (PipelinePart part : values()) {
            if (part.label().equals(label)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
