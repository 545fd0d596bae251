package dev.starling.store.sql;

import dev.starling.base.Bytes;
import dev.starling.base.SimTime;
import dev.starling.store.Pipeline;
import dev.starling.store.Recipe;
import dev.starling.store.VersionMetrics;
import java.util.Optional;
import java.util.Set;

/**
 * Where a version comes from: what is recorded beside its values.
 *
 * @param created fleet time
 * @param pipeline what made it, if that is to be kept; kept once however many versions it made
 * @param state what the device held beside the values, encoded: of versions that were restored from a backup
 */
public record Origin(
        SimTime created,
        Optional<Recipe> recipe,
        Optional<Pipeline> pipeline,
        Optional<VersionMetrics> metrics,
        Set<String> tags,
        Optional<Bytes> state) {

    public Origin {
        tags = Set.copyOf(tags);
    }

    /** Nothing but the values is kept of the device. */
    public Origin(
            SimTime created,
            Optional<Recipe> recipe,
            Optional<Pipeline> pipeline,
            Optional<VersionMetrics> metrics,
            Set<String> tags) {
        this(created, recipe, pipeline, metrics, tags, Optional.empty());
    }

    /** Nothing is known but the time. */
    public static Origin at(SimTime created) {
        return new Origin(created, Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
    }

    public Origin with(Recipe recipe, VersionMetrics metrics) {
        return new Origin(created, Optional.of(recipe), pipeline, Optional.of(metrics), tags, state);
    }

    public Origin with(Pipeline made) {
        return new Origin(created, recipe, Optional.of(made), metrics, tags, state);
    }

    public Origin tagged(String... names) {
        return new Origin(created, recipe, pipeline, metrics, Set.of(names), state);
    }

    public Origin with(Bytes held) {
        return new Origin(created, recipe, pipeline, metrics, tags, Optional.of(held));
    }
}
