package dev.starling.cli.bench;

import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import dev.starling.cli.processes.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run on some JVMs that stands still, all of it, but for its turns. */
final class Contender implements AutoCloseable {

    /** More than are done while it is measured. */
    private static final String ROUNDS = "rounds.max=1000000";

    private static final int MOST_IN_VAIN = 100;

    private final int jvms;
    private final Performer run;
    private final RunFiles files;
    private final List<Turn> turns = new ArrayList<>();
    /** The JVMs that the run started. */
    private List<ProcessHandle> nodes = List.of();

    private int inVain;
    private boolean closed;

    private Contender(int jvms, Performer run, RunFiles files) {
        this.jvms = jvms;
        this.run = run;
        this.files = files;
    }

    /** Begins a run of {@code scenario}, whose results go to {@code jvms-N} in {@code directory}. */
    static Contender start(Path scenario, int jvms, int threadsEach, Path directory, Patience patience)
            throws IOException {
        String name = "jvms-" + jvms;
        Path results = directory.resolve(name);
        List<String> arguments = List.of(
                "run",
                scenario.toString(),
                "--set",
                ROUNDS,
                "--set",
                "rounds.target.value=null",
                "--nodes",
                String.valueOf(jvms),
                "--threads",
                String.valueOf(threadsEach),
                "--out",
                results.toString());
        Performer run = Performer.start(name, Files.createDirectories(directory), List.of(), arguments, patience);
        return new Contender(jvms, run, new RunFiles(results));
    }

    int jvms() {
        return jvms;
    }

    /** Those that were measured. */
    List<Turn> turns() {
        return turns;
    }

    /** Rounds committed so far; throws ProcessFailure if the run has ended. */
    int rounds() throws IOException {
        run.requireAlive();
        return files.rounds();
    }

    /** Goes on for {@code time}, and is stopped again; what it does meanwhile counts. */
    void takeTurn(Duration time) throws IOException, InterruptedException {
        int rounds = rounds();
        Duration cpu = cpu();
        signal("CONT");
        long start = System.nanoTime();
        Thread.sleep(time.toMillis());
        long nanos = System.nanoTime() - start;
        signal("STOP");
        Turn turn = new Turn(nanos / 1e9, rounds() - rounds, cpu().minus(cpu).toMillis() / 1e3);
        turns.add(turn);
        inVain = turn.rounds() > 0 ? 0 : inVain + 1;
        if (inVain == MOST_IN_VAIN) {
            throw new ProcessFailure("the run on " + jvms + " JVMs has committed no round in " + inVain + " turns");
        }
    }

    /** Forgets the turns so far: they were for warming up. */
    void begins() {
        turns.clear();
    }

    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** First the run's own process, so that it is as silent as its nodes. */
    private synchronized void signal(String signal) throws IOException, InterruptedException {
        if (closed) {
            throw new ProcessFailure("the benchmark was stopped");
        }
        List<ProcessHandle> now = run.children();
        nodes = now.isEmpty() ? nodes : now; // Those of a run that has died cannot be told any more.
        run.signal(signal);
        for (ProcessHandle node : nodes) {
            Performer.signal(signal, node);
        }
    }

    /** Of all its JVMs, since they started. */
    private Duration cpu() {
        return run.cpu();
    }

    /** Ends it, and its nodes too if it has died: a process that stands still would not hear of that. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            goOn(run::signal);
            nodes.forEach(node -> goOn(signal -> Performer.signal(signal, node)));
        }
        run.close();
        nodes.forEach(ProcessHandle::destroyForcibly);
    }

    @FunctionalInterface
    private interface Signalling {
        void send(String signal) throws IOException, InterruptedException;
    }

    private static void goOn(Signalling process) {
        try {
            process.send("CONT");
        } catch (IOException | ProcessFailure e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
