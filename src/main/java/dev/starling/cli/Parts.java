package dev.starling.cli;

import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The real parts behind the commands. */
final class Parts {

    private Parts() {}

    static Wiring wiring() {
        return new Wiring(
                (file, overrides, seed) -> {
                    throw new UnsupportedOperationException("scenario reader is not merged yet");
                },
                new Simulator() {
                    @Override
                    public RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners) {
                        throw new UnsupportedOperationException("runtime is not merged yet");
                    }

                    @Override
                    public void serve(NodeRequest request, Consumer<String> status) {
                        throw new UnsupportedOperationException("runtime is not merged yet");
                    }
                },
                (file, model) -> {
                    throw new IOException("model writer is not merged yet");
                });
    }
}
