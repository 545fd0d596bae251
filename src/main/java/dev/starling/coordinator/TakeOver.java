package dev.starling.coordinator;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes up a run whose coordinator was lost; whoever coordinates it then is given the context. */
public interface TakeOver {

    /**
     * Completes when this process is the only one that writes the run in {@code directory}; empty if that run has ended
     * after all.
     */
    CompletionStage<Optional<RunContext>> of(String directory);
}
