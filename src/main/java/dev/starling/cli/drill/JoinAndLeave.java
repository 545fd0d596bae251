package dev.starling.cli.drill;

import java.io.IOException;

/** Nodes come and go while a run is under way. */
final class JoinAndLeave implements Drill {

    @Override
    public String name() {
        return "join-and-leave";
    }

    @Override
    public String what() {
        return "A node joins in the middle of a run and takes a share of the devices; then the first node leaves.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer first = stage.node("first");
        String seed = Stage.address(first);
        Performer run = stage.run("--cluster", "--seed-node", seed, "--threads", "1");
        stage.awaitRounds(run, 2);
        Performer second = stage.node("second", "--seed-node", seed);
        stage.say("a second node has joined");
        stage.awaitRounds(run, 2);
        first.terminate();
        first.awaitEnd();
        stage.say("the first node has left");
        stage.awaitRecovery();
        run.awaitSuccess();
        second.terminate();
    }
}
