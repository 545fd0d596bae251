package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** All processes of a run die at once; somebody takes it up again. */
final class KillAll implements Drill {

    private static final int TIMES = 3;

    @Override
    public String name() {
        return "kill-all";
    }

    @Override
    public String what() {
        return "Kills all processes of a run on --nodes JVMs at once (-9) and resumes it, three times over.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(3);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        String[] spread = {"--nodes", String.valueOf(stage.settings().nodes()), "--threads", "1"};
        Performer run = stage.run(spread);
        for (int time = 0; time < TIMES; time++) {
            stage.awaitRounds(run, 2);
            List<ProcessHandle> nodes = run.children();
            run.kill();
            nodes.forEach(ProcessHandle::destroyForcibly);
            stage.say("all processes are killed; the run is resumed");
            run = stage.resume(spread);
            stage.say("it goes on " + run.awaitPrinted("resumed "));
        }
        run.awaitSuccess();
    }
}
