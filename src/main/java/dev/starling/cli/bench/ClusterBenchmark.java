package dev.starling.cli.bench;

import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what it costs to spread a run over several JVMs of one machine: the same scenario with as many training threads in
 * all, on 1, 2 and 3 JVMs. All runs are warmed up side by side and then measured in turns of some seconds, while the others
 * stand still, as the speed of a machine may change by more than what is measured.
 *
 * @param warmUpRounds that every run has committed before it is measured: the JIT is at work, in every JVM
 * @param turns of each run that are measured
 */
public record ClusterBenchmark(Path scenario, List<Integer> jvms, int threads, int warmUpRounds, int turns) {

    public static final String NAME = "cluster";

    /** Can be divided by any of {@link #JVMS}. */
    public static final int THREADS = 6;

    public static final List<Integer> JVMS = List.of(1, 2, 3);

    /** Two of them are less than the silence for which nodes suspect each other to be dead. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private static final Duration START = Duration.ofMinutes(5);

    public ClusterBenchmark {
        jvms = List.copyOf(jvms);
    }

    /**
     * Takes minutes. Results of the runs stay in {@code directory}.
     *
     * @throws ProcessFailure if a run does not begin or ends
     */
    public List<ClusterCost> measure(Path directory) throws IOException, InterruptedException {
        Contenders contenders = new Contenders();
        Thread tidying = new Thread(contenders::close, "starling-bench-end");
        Runtime.getRuntime().addShutdownHook(tidying);
        try {
            start(contenders, directory);
            while (!warm(contenders.all)) {
                round(contenders.all);
            }
            contenders.all.forEach(Contender::begins);
            for (int i = 0; i < turns; i++) {
                round(contenders.all);
            }
            return costs(contenders.all);
        } finally {
            contenders.close();
            forget(tidying);
        }
    }

    /** Those that have begun; none begins any more once they are closed. */
    private static final class Contenders {

        private final List<Contender> all = new ArrayList<>();
        private boolean closed;

        synchronized void add(Starting next) throws IOException {
            if (closed) {
                throw new ProcessFailure("the benchmark was stopped");
            }
            all.add(next.start());
        }

        synchronized void close() {
            closed = true;
            all.forEach(Contender::close);
        }
    }

    @FunctionalInterface
    private interface Starting {
        Contender start() throws IOException;
    }

    /** All at once: while one starts, those that began before may not stand still for long. */
    private void start(Contenders contenders, Path directory) throws IOException, InterruptedException {
        Patience patience = new Patience(START);
        for (int count : jvms) {
            contenders.add(() -> Contender.start(scenario, count, threads / count, directory, patience));
        }
        for (Contender contender : contenders.all) {
            patience.await("the run on " + contender.jvms() + " JVMs begins", () -> contender.rounds() > 0);
        }
        for (Contender contender : contenders.all) {
            contender.stop();
        }
    }

    private boolean warm(List<Contender> contenders) throws IOException {
        for (Contender contender : contenders) {
            if (contender.rounds() < warmUpRounds) {
                return false;
            }
        }
        return true;
    }

    private static void round(List<Contender> contenders) throws IOException, InterruptedException {
        for (Contender contender : contenders) {
            contender.takeTurn(TURN);
        }
    }

    private List<ClusterCost> costs(List<Contender> contenders) {
        List<ClusterCost> costs = new ArrayList<>();
        for (Contender contender : contenders) {
            costs.add(ClusterCost.of(
                    contender.jvms(),
                    threads / contender.jvms(),
                    contender.turns(),
                    contenders.get(0).turns()));
        }
        return costs;
    }

    private static void forget(Thread tidying) {
        try {
            Runtime.getRuntime().removeShutdownHook(tidying);
        } catch (IllegalStateException e) {
            // It is at work: somebody has stopped this process.
        }
    }
}
