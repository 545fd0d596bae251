package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;

/** The process that coordinates a run hangs, is given up, and wakes again: there are never two coordinators. */
final class PauseCoordinator implements Drill {

    @Override
    public String name() {
        return "pause-coordinator";
    }

    @Override
    public String what() {
        return "Stops the run's own process for --pause seconds (SIGSTOP): a node that stands by goes on once it wakes "
                + "and sees that it was given up.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer worker = stage.node("worker");
        String seed = Stage.address(worker);
        Performer standBy = stage.node("standby", "--standby", "--seed-node", seed);
        Performer run = stage.run("--cluster", "--seed-node", seed, "--threads", "1");
        stage.awaitRounds(run, 3);
        stage.say("the run's own process is stopped");
        run.signal("STOP");
        standBy.awaitPrinted("taking over");
        stage.pause();
        int rounds = stage.files().rounds();
        run.signal("CONT");
        long woken = System.nanoTime();
        stage.say("it goes on after " + rounds + " rounds, and finds itself given up");
        if (run.awaitEnd() == 0) {
            throw new ProcessFailure("the run's own process went on beside the one that took over");
        }
        standBy.awaitPrinted("resumed ");
        stage.awaitRecovery("it went on", woken);
        standBy.awaitPrinted("is DONE");
    }
}
