package dev.starling.cli.drill;

import java.io.IOException;

/** A node that holds devices dies in the middle of a round. */
final class KillNode implements Drill {

    @Override
    public String name() {
        return "kill-node";
    }

    @Override
    public String what() {
        return "Runs on three JVMs and kills one that holds devices (-9): the others take its devices over.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer run = stage.run("--nodes", "3", "--threads", "1");
        stage.awaitRounds(run, 3);
        stage.say("one of the nodes is killed");
        run.children().get(0).destroyForcibly();
        stage.awaitRecovery();
        run.awaitSuccess();
    }
}
