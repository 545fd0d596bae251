package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import java.io.IOException;
import java.util.OptionalInt;

/** The process that coordinates a run dies: a node that stands by goes on. */
final class KillCoordinator implements Drill {

    @Override
    public String name() {
        return "kill-coordinator";
    }

    @Override
    public String what() {
        return "Runs on a cluster of --nodes JVMs and kills the run's own process (-9): a node that stands by goes on.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(3);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Company company = new Company(stage);
        company.be(stage.settings().nodes() - 2, 1);
        Performer standBy = company.standBys().get(0);
        Performer run = stage.run(company.cluster("--cluster", "--threads", "1"));
        stage.awaitRounds(run, 3);
        Tempo tempo = Tempo.of(stage);
        run.kill();
        stage.say("the run's own process is killed");
        tempo.awaitRecovery();
        standBy.awaitPrinted("is DONE");
    }
}
