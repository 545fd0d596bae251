package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.SampleRun;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A process for {@link InterruptsTest}: a run of one round that then goes on until it is stopped. */
final class EndlessRun implements Simulator {

    private EndlessRun() {}

    public static void main(String[] args) {
        Wiring wiring = new Wiring(
                (file, overrides, seed) -> SampleScenario.named("endless", 1),
                new EndlessRun(),
                (file, model) -> Files.write(file, new byte[] {1}));
        Console console = new Console(System.out, System.err, new Terminal(false, 80, false), List.of(args));
        System.exit(Main.run(wiring, console, args));
    }

    @Override
    public RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners) {
        CountDownLatch stopped = new CountDownLatch(1);
        control.attach(wish -> stopped.countDown());
        listeners.forEach(listener -> listener.started(SampleRun.info(10)));
        listeners.forEach(listener -> listener.roundCommitted(SampleRun.round(1)));
        System.out.println("running");
        try {
            stopped.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        RunOutcome outcome = new RunOutcome(
                Phase.STOPPED, "", 1, 1, OptionalInt.empty(), Optional.empty(), "00ff", SampleRun.MODEL, List.of(), 1);
        listeners.forEach(listener -> listener.finished(outcome));
        return outcome;
    }

    @Override
    public void serve(NodeSettings request, Optional<StandIn> standIn, Consumer<String> status) {
        throw new UnsupportedOperationException("only runs");
    }
}
