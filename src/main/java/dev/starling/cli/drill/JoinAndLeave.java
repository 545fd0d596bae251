package dev.starling.cli.drill;

import java.io.IOException;
import java.util.OptionalInt;

/** Nodes come and go while a run is under way. */
final class JoinAndLeave implements Drill {

    @Override
    public String name() {
        return "join-and-leave";
    }

    @Override
    public String what() {
        return "A node joins in the middle of a run on --nodes JVMs and takes a share of the devices; then the first node leaves.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(2);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Company company = new Company(stage);
        company.be(stage.settings().nodes() - 1, 0);
        Performer first = company.workers().get(0);
        Performer run = stage.run(company.cluster("--cluster", "--threads", "1"));
        stage.awaitRounds(run, 2);
        company.be(stage.settings().nodes(), 0);
        stage.say("another node has joined");
        stage.awaitRounds(run, 2);
        first.terminate();
        first.awaitEnd();
        stage.say("the first node has left");
        stage.awaitRecovery();
        run.awaitSuccess();
    }
}
