package dev.starling.device;

import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;

/** A base version on a node, verified when it came, see {@link BaseModels}. */
public record BaseModel(int version, ModelRoot root, Snapshot weights) {}
