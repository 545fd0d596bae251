package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
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
        int before = stage.files().rounds();
        stage.pause();
        int meanwhile = stage.files().rounds() - before;
        if (node.isAlive()) {
            Performer.signal("CONT", node);
            // The round that was under way may have needed nothing more of it; the next one does.
            stage.say(
                    meanwhile <= 1
                            ? "it goes on; the run has waited for it"
                            : "it goes on; the run has gone on without it, for " + meanwhile + " rounds");
        }
        run.awaitSuccess();
    }
}
