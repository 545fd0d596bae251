package dev.starling.store;

import dev.starling.model.Snapshot;
import java.util.OptionalLong;

/** Executes a recipe again. Raw data stays home: only who owns the device's data can be one. */
@FunctionalInterface
public interface Replayer {

    /** The model of {@code version}, trained again from {@code reference}. The store verifies its root. */
    Snapshot replay(VersionRecord version, Snapshot reference);

    /**
     * Bytes of the examples that {@code version} was trained on, which are stored and uploaded if it is kept as a recipe to be
     * executed centrally; empty where raw data stays home.
     */
    default OptionalLong dataBytes(VersionRecord version) {
        return OptionalLong.empty();
    }

    /** Who trains, for people. */
    default String who() {
        return "by the device that owns the data";
    }
}
