package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.cluster.Node;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.SavePace;
import dev.starling.coordinator.TakeOver;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes runs over from processes that were lost, on a node that stands by, as {@code run --resume} would. */
final class Successor implements TakeOver {

    private final Node node;
    private final StandIn standIn;
    private final double savingShare;
    private final Consumer<String> status;

    Successor(Node node, StandIn standIn, double savingShare, Consumer<String> status) {
        this.node = node;
        this.standIn = standIn;
        this.savingShare = savingShare;
        this.status = status;
    }

    @Override
    public CompletionStage<Optional<RunContext>> of(String directory) {
        CompletableFuture<Optional<RunContext>> taken = new CompletableFuture<>();
        // A thread of its own: it may have to wait until a process that hangs is gone.
        Thread taking = new Thread(() -> take(Path.of(directory), taken), "starling-take-over");
        taking.setDaemon(true);
        taking.start();
        return taken;
    }

    private void take(Path directory, CompletableFuture<Optional<RunContext>> taken) {
        try {
            taken.complete(take(directory));
        } catch (RuntimeException e) {
            status.accept("the run in " + directory + " cannot be taken over: " + e.getMessage());
            taken.completeExceptionally(e);
        }
    }

    private Optional<RunContext> take(Path directory) {
        status.accept("the coordinator of the run in " + directory + " is lost; taking over");
        DirectoryLock lock = DirectoryLock.await(directory);
        try {
            if (Files.exists(directory.resolve("summary.json"))) {
                lock.close();
                return Optional.empty(); // It had ended before its process did.
            }
            RunRequest request = standIn.request(directory);
            RunControl control = new RunControl();
            RawData data = DataLoader.load(
                    request.scenario().data(),
                    request.scenario().fleet().devices(),
                    new Seeds(request.scenario().seed()));
            Coordination run = Coordination.of(
                    request,
                    node,
                    data,
                    new SavePace(savingShare, System::nanoTime),
                    control,
                    new Listeners(standIn.listeners(request, control)));
            var unused = run.context()
                    .outcome()
                    .whenComplete((outcome, failure) -> end(directory, run, lock, outcome, failure));
            return Optional.of(run.context());
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void end(
            Path directory,
            Coordination run,
            DirectoryLock lock,
            @Nullable RunOutcome outcome,
            @Nullable Throwable failure) {
        try (lock;
                run) {
            if (outcome == null) {
                status.accept("the run in " + directory + " is not coordinated here any more: " + failure);
            } else {
                run.ended(outcome);
                status.accept(
                        "the run in " + directory + " is " + outcome.phase() + ", model root " + outcome.modelRoot());
            }
        }
    }
}
