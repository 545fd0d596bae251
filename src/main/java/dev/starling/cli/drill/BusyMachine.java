package dev.starling.cli.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Other processes take all the time that they can get: heartbeats come late, and nobody may be given up for that. */
final class BusyMachine implements Drill {

    /** Enough for two minutes of it on two cores. */
    private static final int ROUNDS = 500;

    private static final int JVMS = 3;

    @Override
    public String name() {
        return "busy-machine";
    }

    @Override
    public String what() {
        return "Keeps all cores busy with twice as many processes for --pause seconds, beside a run on " + JVMS
                + " JVMs: none of these is given up.";
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
        try (Heartbeats heartbeats = new Heartbeats(JVMS)) {
            String seed = "";
            for (int i = 1; i < JVMS; i++) {
                String port = freePort();
                List<String> options =
                        seed.isEmpty() ? List.of("--jmx-port", port) : List.of("--jmx-port", port, "--seed-node", seed);
                Performer worker = stage.node("worker-" + i, options.toArray(String[]::new));
                heartbeats.of(worker, port);
                seed = seed.isEmpty() ? Stage.address(worker) : seed;
            }
            String port = freePort();
            Performer run = stage.run("--cluster", "--seed-node", seed, "--threads", "1", "--jmx-port", port);
            stage.awaitRounds(run, 3);
            heartbeats.of(run, port);
            watch(stage, heartbeats);
            run.awaitSuccess();
        }
    }

    private static void watch(Stage stage, Heartbeats heartbeats) throws IOException, InterruptedException {
        int processes = 2 * Runtime.getRuntime().availableProcessors();
        int before = stage.files().rounds();
        long start = System.nanoTime();
        try (Burners burners = Burners.start(processes, stage.directory())) {
            stage.say(processes + " processes compute beside it, for "
                    + stage.settings().pause().toSeconds() + " s");
            while (System.nanoTime() - start < stage.settings().pause().toNanos()
                    && heartbeats.look(() -> stage.files().ended())) {
                Thread.sleep(Heartbeats.LOOK_MILLIS);
            }
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

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
