package dev.starling.coordinator;

import dev.starling.base.Causes;
import dev.starling.base.InputException;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RunOutcome;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tells the listener, and whoever started the run, how it ended. */
final class RunEnd {

    /** The base of a run that ended before it had one. */
    private static final Snapshot NO_MODEL = Snapshot.of(new TensorLayout(List.of()), new float[0]);

    private final RunContext context;
    private final RunClock clock;

    RunEnd(RunContext context, RunClock clock) {
        this.context = context;
        this.clock = clock;
    }

    /** It is done. */
    void done(Running now, List<DeviceRecord> devices) {
        end(Phase.DONE, "", now, devices);
    }

    /** Somebody stopped it; {@code now} is null if it had no base yet. */
    void stopped(@Nullable Running now) {
        end(Phase.STOPPED, "", now, List.of());
    }

    /** What the user gave cannot be used: that is thrown to whoever started the run. Anything else is an outcome. */
    void failed(Throwable failure, @Nullable Running now) {
        if (Causes.of(failure) instanceof InputException input) {
            context.listener().phase(Phase.FAILED);
            context.outcome().completeExceptionally(input);
        } else {
            end(Phase.FAILED, Causes.sentence(failure), now, List.of());
        }
    }

    /** However it ended, whoever started the run must hear of it. */
    void silently() {
        context.outcome()
                .completeExceptionally(new IllegalStateException("the coordinator stopped before the run ended"));
    }

    private void end(Phase phase, String failure, @Nullable Running now, List<DeviceRecord> evaluated) {
        RunOutcome outcome = new RunOutcome(
                phase,
                failure,
                now == null ? 0 : now.run().round(),
                now == null ? 0 : now.run().version(),
                now == null ? OptionalInt.empty() : now.run().targetReachedAt(),
                now == null ? Optional.empty() : now.evaluation(),
                now == null ? "" : now.base().root().toString(),
                now == null ? NO_MODEL : now.base().weights(),
                now == null ? Map.of() : now.run().severalBases(),
                now == null ? List.of() : DeviceRecords.of(now.run(), evaluated),
                clock.runSeconds());
        context.listener().phase(phase);
        context.listener().saving(clock.savingSeconds());
        context.listener().finished(outcome);
        context.outcome().complete(outcome);
    }
}
