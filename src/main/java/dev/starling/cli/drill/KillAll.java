package dev.starling.cli.drill;

import java.io.IOException;
import java.util.List;

/** All processes of a run die at once; somebody takes it up again. */
final class KillAll implements Drill {

    private static final int TIMES = 3;

    @Override
    public String name() {
        return "kill-all";
    }

    @Override
    public String what() {
        return "Kills all processes of a run on three JVMs at once (-9) and resumes it, three times over.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Performer run = stage.run("--nodes", "3", "--threads", "1");
        for (int time = 0; time < TIMES; time++) {
            stage.awaitRounds(run, 2);
            List<ProcessHandle> nodes = run.children();
            run.kill();
            nodes.forEach(ProcessHandle::destroyForcibly);
            stage.say("all processes are killed; the run is resumed");
            run = stage.resume("--nodes", "3", "--threads", "1");
            run.awaitPrinted("resumed ");
        }
        run.awaitSuccess();
    }
}
