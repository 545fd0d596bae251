package dev.starling.cli.drill;

import java.io.IOException;

/** A node that holds devices hangs for a while. */
final class PauseNode implements Drill {

    @Override
    public String name() {
        return "pause-node";
    }

    @Override
    public String what() {
        return "Stops one of three JVMs for --pause seconds (SIGSTOP): it is waited for, or given up and ends.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer run = stage.run("--nodes", "3", "--threads", "1");
        stage.awaitRounds(run, 3);
        ProcessHandle node = run.children().get(0);
        stage.say("one of the nodes is stopped");
        Performer.signal("STOP", node);
        stage.pause();
        if (node.isAlive()) {
            Performer.signal("CONT", node);
            stage.say("it goes on");
        }
        run.awaitSuccess();
    }
}
