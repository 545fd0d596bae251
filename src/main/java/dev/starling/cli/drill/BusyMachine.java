package dev.starling.cli.drill;

import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Other processes take all the time that they can get: heartbeats come late, and nobody may be given up for that. */
final class BusyMachine implements Drill {

    /** Enough for two minutes of it on two cores. */
    private static final int ROUNDS = 1_500;

    @Override
    public String name() {
        return "busy-machine";
    }

    @Override
    public String what() {
        return "Keeps all cores busy with twice as many processes for --pause seconds, beside a run on 3 JVMs: none of these is given up.";
    }

    @Override
    public OptionalInt rounds() {
        return OptionalInt.of(ROUNDS);
    }

    @Override
    public Duration usualPause() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Watched first = Watched.node(stage, "worker-1", List.of());
        List<String> seed = List.of("--seed-node", Stage.address(first.process()));
        Watched second = Watched.node(stage, "worker-2", seed);
        List<String> options = new ArrayList<>(List.of("--cluster", "--threads", "1"));
        options.addAll(seed);
        Watched run = Watched.run(stage, options);
        stage.awaitRounds(run.process(), 3);
        watch(stage, new Heartbeats(List.of(first, second, run)));
        run.process().awaitSuccess();
    }

    private static void watch(Stage stage, Heartbeats heartbeats) throws IOException, InterruptedException {
        int processes = 2 * Runtime.getRuntime().availableProcessors();
        int before = stage.files().rounds();
        long start = System.nanoTime();
        try (Burners burners = Burners.start(processes, stage.directory())) {
            stage.say(processes + " processes compute beside it, for "
                    + stage.settings().pause().toSeconds() + " s");
            do {
                if (!heartbeats.look(() -> stage.files().ended())) {
                    throw new ProcessFailure("the run ended before the time was over: give it more rounds, with --set");
                }
                Thread.sleep(Heartbeats.LOOK_MILLIS);
            } while (System.nanoTime() - start < stage.settings().pause().toNanos());
            stage.say(String.format(
                    Locale.ROOT,
                    "in %.0f s they took %.0f s of the cores; %d rounds were committed meanwhile",
                    (System.nanoTime() - start) / 1e9,
                    burners.cpuSeconds(),
                    stage.files().rounds() - before));
        }
        stage.say(heartbeats.toString());
        heartbeats.requireGood();
    }
}
