package dev.starling.device;

import dev.starling.model.LocalResult;
import dev.starling.model.Snapshot;

/**
 * A device's own model: what its last local training left on it.
 *
 * @param work the training that made it
 * @param result what that training measured
 */
public record PersonalModel(Work work, Snapshot weights, LocalResult result) {}
