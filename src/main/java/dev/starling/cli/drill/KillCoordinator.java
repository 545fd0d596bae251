package dev.starling.cli.drill;

import java.io.IOException;

/** The process that coordinates a run dies: a node that stands by goes on. */
final class KillCoordinator implements Drill {

    @Override
    public String name() {
        return "kill-coordinator";
    }

    @Override
    public String what() {
        return "Runs on a cluster of nodes and kills the run's own process (-9): a node that stands by goes on.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer worker = stage.node("worker");
        String seed = Stage.address(worker);
        Performer standBy = stage.node("standby", "--standby", "--seed-node", seed);
        Performer run = stage.run("--cluster", "--seed-node", seed, "--threads", "1");
        stage.awaitRounds(run, 3);
        stage.say("the run's own process is killed");
        run.kill();
        standBy.awaitPrinted("taking over");
        stage.say("the node that stands by takes over");
        standBy.awaitPrinted("resumed ");
        stage.awaitRecovery();
        standBy.awaitPrinted("is DONE");
    }
}
