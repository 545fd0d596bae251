package dev.starling.store.backup;

import dev.starling.base.SimTime;
import dev.starling.store.ModelRoot;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import java.util.Optional;

/**
 * One step of where a model comes from.
 *
 * @param created fleet time
 * @param recipe of the training that made it, if one did
 */
public record Ancestor(
        VersionKey key, ModelRoot root, SimTime created, Optional<Recipe> recipe, Optional<VersionMetrics> metrics) {}
