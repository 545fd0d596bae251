package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import java.io.IOException;
import java.util.OptionalInt;

/** A node that holds devices dies in the middle of a round. */
final class KillNode implements Drill {

    @Override
    public String name() {
        return "kill-node";
    }

    @Override
    public String what() {
        return "Runs on --nodes JVMs and kills one that holds devices (-9): the others take its devices over.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(3);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer run = stage.run("--nodes", String.valueOf(stage.settings().nodes()), "--threads", "1");
        stage.awaitRounds(run, 3);
        Tempo tempo = Tempo.of(stage);
        run.children().get(0).destroyForcibly();
        stage.say("one of the nodes is killed");
        tempo.awaitRecovery();
        run.awaitSuccess();
    }
}
