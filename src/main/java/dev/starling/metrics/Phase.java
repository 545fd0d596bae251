package dev.starling.metrics;

/** What a run is doing. */
public enum Phase {
    STARTING,
    PRE_TRAINING,
    ROUNDS,
    PAUSED,
    EVALUATING,
    /** What is kept of the models is being written down. */
    SETTLING,
    DONE,
    STOPPED,
    FAILED
}
