package dev.starling.cli.drill;

import java.io.IOException;

/** A fault, and how to bring it about while a run is under way. */
interface Drill {

    /** As people type it. */
    String name();

    /** What is done, in one sentence. */
    String what();

    /** Throws {@link dev.starling.base.InputException} if it cannot be played on this machine, or needs an option. */
    default void require(DrillSettings settings) {}

    /** Plays it: returns when the run on {@code stage} has ended well. */
    void play(Stage stage) throws IOException, InterruptedException;
}
