package dev.starling.cli.drill;

import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A fault, and how to bring it about while a run is under way. */
interface Drill {

    /** As people type it. */
    String name();

    /** What is done, in one sentence. */
    String what();

    /** How many JVMs the run has unless {@code --nodes} says otherwise; empty if they cannot be chosen. */
    default OptionalInt nodes() {
        return OptionalInt.empty();
    }

    /** Whether it is played several times over, each time in another way. */
    default boolean repeated() {
        return false;
    }

    /** What the scenario needs for it, {@code key=value}. */
    default List<String> overrides() {
        return List.of();
    }

    /** How many rounds of the usual scenario are run, if not all; a scenario of one's own keeps its number. */
    default OptionalInt rounds() {
        return OptionalInt.empty();
    }

    /** How long what goes wrong stays so unless {@code --pause} says otherwise. */
    default Duration usualPause() {
        return Duration.ofMinutes(1);
    }

    /** Throws {@link dev.starling.base.InputException} if it cannot be played on this machine, or needs an option. */
    default void require(DrillSettings settings) {}

    /** Plays it: returns when the run on {@code stage} has ended well. */
    void play(Stage stage) throws IOException, InterruptedException;

    /** Says what it came to; throws {@link ProcessFailure} if anything ended otherwise than without the fault. */
    default void compare(Stage stage) throws IOException {
        stage.say("the run ends with model root " + stage.files().root());
        stage.requireSame(stage.files());
        stage.say("the same, bit for bit");
    }
}
