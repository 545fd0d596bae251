package dev.starling.store;

import dev.starling.model.Snapshot;

/** Executes a recipe again. Raw data stays home: only who owns the device's data can be one. */
@FunctionalInterface
public interface Replayer {

    /** The model of {@code version}, trained again from {@code reference}. The store verifies its root. */
    Snapshot replay(VersionRecord version, Snapshot reference);
}
