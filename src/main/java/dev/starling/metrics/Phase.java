package dev.starling.metrics;

/** What a run is doing. */
public enum Phase {
    STARTING,
    PRE_TRAINING,
    ROUNDS,
    PAUSED,
    EVALUATING,
    DONE,
    STOPPED,
    FAILED
}
