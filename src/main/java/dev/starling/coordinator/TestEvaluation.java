package dev.starling.coordinator;

import dev.starling.device.DeviceHost;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Evaluates a base on the test set with all training threads. The set is cut into parts of fixed size whose figures
 * are added in order, so the result does not depend on the number of threads.
 */
final class TestEvaluation {

    private static final int PART = 500;

    private TestEvaluation() {}

    /** Empty if there is no test set, or the base by itself is no model because parts of it stay on the devices. */
    static CompletableFuture<Optional<Evaluation>> of(DeviceHost host, Snapshot base, Executor threads) {
        if (!host.personalTensors().whyBaseIsIncomplete().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Examples test = host.views().test();
        List<CompletableFuture<Evaluation>> parts = new ArrayList<>();
        for (int from = 0; from < test.count(); from += PART) {
            int first = from;
            int end = Math.min(test.count(), from + PART);
            parts.add(CompletableFuture.supplyAsync(() -> host.evaluate(base, test, first, end), threads));
        }
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> parts.stream().map(CompletableFuture::join).reduce(Evaluation::plus));
    }
}
