package dev.starling.cli;

import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RoundStage;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.StoreWait;
import dev.starling.model.Evaluation;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Progress into a pipe or file: plain lines. An evaluated round gets one, though not more than one a second; without
 * evaluations there is a sign of life every few seconds.
 */
final class LineProgress implements RunListener {

    private static final double EVALUATED_SECONDS = 1;
    private static final double ALIVE_SECONDS = 5;

    private final PrintStream out;
    private final LongSupplier nanoTime;

    private long lastLineNanos;
    private long lastStoreLineNanos;
    private @Nullable RunStatus status;
    private boolean unprinted;
    private boolean away;

    LineProgress(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public void started(RunInfo info) {
        status = new RunStatus(info, nanoTime);
        lastLineNanos = nanoTime.getAsLong();
        out.println(RunStatus.heading(info));
        info.dataNotes().remarks().forEach(out::println);
    }

    @Override
    public void resumed(Resumed resumed) {
        if (status != null) {
            out.println(status.resumed(resumed));
        }
    }

    @Override
    public void phase(Phase phase) {
        switch (phase) {
            case PRE_TRAINING -> out.println("pre-training on the proxy data");
            case PAUSED -> out.println("paused");
            case EVALUATING -> {
                flush();
                out.println("final evaluation");
            }
            case SETTLING -> {
                flush();
                out.println("writing down versions");
            }
            default -> {}
        }
    }

    @Override
    public void firstBase(Evaluation test) {
        if (status != null) {
            status.firstBase(test);
        }
    }

    @Override
    public void nodes(int members, int unreachable) {
        if (status != null) {
            status.nodes(members, unreachable);
        }
    }

    /** What a part of the run ended with is always shown. */
    @Override
    public void opens(RoundStage stage) {
        if (status != null) {
            if (stage.number() == 1) {
                flush();
            }
            status.opens(stage);
        }
    }

    @Override
    public void progress(int round, int reported, int expected) {
        if (status != null) {
            status.progress(reported, expected);
            if (secondsSince(lastLineNanos) >= ALIVE_SECONDS) {
                print(status);
            }
        }
    }

    @Override
    public void roundCommitted(RoundRecord round) {
        if (status != null) {
            status.committed(round);
            status.news(round).forEach(this::warn);
            unprinted = true;
            boolean evaluated = round.evaluation().isPresent();
            if (secondsSince(lastLineNanos) >= (evaluated ? EVALUATED_SECONDS : ALIVE_SECONDS)) {
                print(status);
            }
        }
    }

    /** Whatever lines of rounds come between. */
    @Override
    public void store(StoreWait state) {
        if (!state.away() || secondsSince(lastStoreLineNanos) >= ALIVE_SECONDS || !away) {
            out.println(RunStatus.waiting(state) + (state.away() && !away ? ": " + state.problem() : ""));
            lastLineNanos = nanoTime.getAsLong();
            lastStoreLineNanos = lastLineNanos;
        }
        away = state.away();
    }

    @Override
    public void finished(RunOutcome outcome) {
        flush();
    }

    @Override
    public void unevaluated(List<FailedDevices> devices) {
        if (status != null) {
            status.unevaluated(devices).forEach(this::warn);
        }
    }

    private void warn(String text) {
        out.println("warning: " + text);
    }

    /** The last round is always shown. */
    private void flush() {
        if (status != null && unprinted) {
            print(status);
        }
    }

    private void print(RunStatus shown) {
        out.println(shown.line());
        lastLineNanos = nanoTime.getAsLong();
        unprinted = false;
    }

    private double secondsSince(long nanos) {
        return (nanoTime.getAsLong() - nanos) / 1e9;
    }
}
