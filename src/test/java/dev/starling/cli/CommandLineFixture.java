package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The commands with a simulator that plays back {@link SampleRun}, and with their output caught. */
final class CommandLineFixture implements Simulator {

    static final int ROUNDS = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    final List<RunRequest> runs = new ArrayList<>();
    final List<NodeSettings> nodes = new ArrayList<>();
    final List<String> reads = new ArrayList<>();
    RuntimeException failure = new IllegalStateException("not asked to fail");
    boolean fails;

    int execute(String... args) {
        List<String> line = new ArrayList<>(List.of("starling"));
        line.addAll(List.of(args));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal(false, 100, false),
                line);
        Wiring wiring = new Wiring(
                (file, overrides, seed) -> {
                    reads.add(file + " " + overrides + " " + seed);
                    if (!Files.exists(file)) {
                        throw new InputException(file.toString(), "no such file");
                    }
                    return SampleScenario.named("sample", seed.orElse(7));
                },
                this,
                (file, model) -> Files.write(file, new byte[] {1}));
        return Main.run(wiring, console, args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners) {
        runs.add(request);
        if (fails) {
            throw failure;
        }
        listeners.forEach(listener -> listener.started(SampleRun.info(ROUNDS)));
        listeners.forEach(listener -> listener.phase(Phase.ROUNDS));
        for (int n = 1; n <= ROUNDS; n++) {
            int round = n;
            listeners.forEach(listener -> listener.roundCommitted(SampleRun.round(round)));
        }
        RunOutcome outcome = SampleRun.outcome(ROUNDS);
        listeners.forEach(listener -> listener.finished(outcome));
        return outcome;
    }

    @Override
    public void serve(NodeSettings request, Optional<StandIn> standIn, Consumer<String> status) {
        nodes.add(request);
        status.accept("joined");
    }
}
