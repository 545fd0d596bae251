package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A process for {@link NodeProcessesTest}: a node that has nothing to do, for ever. */
final class IdleNode implements Simulator {

    private IdleNode() {}

    public static void main(String[] args) {
        Wiring wiring = new Wiring(
                (file, overrides, seed) -> SampleScenario.named("none", 1), new IdleNode(), (file, model) -> {
                    throw new IOException("a node writes no models");
                });
        Console console = new Console(System.out, System.err, new Terminal(false, 80, false), List.of(args));
        System.exit(Main.run(wiring, console, args));
    }

    @Override
    public RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners) {
        throw new UnsupportedOperationException("only serves");
    }

    @Override
    public void serve(NodeSettings request, Optional<StandIn> standIn, Consumer<String> status) {
        status.accept("serving " + request.seedNodes() + " with " + request.threads());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
