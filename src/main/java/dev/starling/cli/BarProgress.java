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
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: one line that is rewritten, without colours. */
final class BarProgress implements RunListener {

    private static final int REFRESH_MILLIS = 250;

    /** From here on the long form leaves room for a bar. */
    private static final int WIDE_COLUMNS = 125;

    private final PrintStream out;
    private final Terminal terminal;

    private @Nullable RunStatus status;
    private @Nullable ProgressBar bar;

    BarProgress(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void started(RunInfo info) {
        status = new RunStatus(info, System::nanoTime);
        out.println(RunStatus.heading(info));
        info.dataNotes().remarks().forEach(out::println);
        bar = new ProgressBarBuilder()
                .setTaskName(narrow() ? "" : info.scenario())
                .setInitialMax(info.maxRounds())
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out, terminal.columns() - 1))
                .build();
    }

    private boolean narrow() {
        return terminal.columns() < WIDE_COLUMNS;
    }

    private String details(RunStatus shown) {
        String details = narrow() ? shown.shortDetails() : shown.details();
        return shown.federated() ? details : shown.stageText() + "  " + details;
    }

    @Override
    public void resumed(Resumed resumed) {
        if (bar != null && status != null) {
            bar.setExtraMessage(status.resumed(resumed));
            bar.stepTo(resumed.rounds().size());
        }
    }

    @Override
    public void phase(Phase phase) {
        if (bar != null && status != null) {
            switch (phase) {
                case PRE_TRAINING -> bar.setExtraMessage("pre-training on the proxy data");
                case PAUSED -> bar.setExtraMessage("paused  " + details(status));
                case EVALUATING -> bar.setExtraMessage("final evaluation");
                case SETTLING -> bar.setExtraMessage("writing down versions");
                default -> bar.setExtraMessage(details(status));
            }
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
        if (bar != null && status != null) {
            status.nodes(members, unreachable);
            bar.setExtraMessage(details(status));
        }
    }

    @Override
    public void opens(RoundStage stage) {
        if (bar != null && status != null) {
            status.opens(stage);
            bar.maxHint(stage.lastRound());
        }
    }

    @Override
    public void progress(int round, int reported, int expected) {
        if (bar != null && status != null) {
            status.progress(reported, expected);
            bar.setExtraMessage(details(status));
        }
    }

    @Override
    public void roundCommitted(RoundRecord round) {
        if (bar != null && status != null) {
            status.committed(round);
            status.news(round).forEach(this::warn);
            bar.setExtraMessage(details(status));
            bar.stepTo(round.round());
        }
    }

    @Override
    public void store(StoreWait state) {
        if (bar != null && status != null) {
            bar.setExtraMessage(state.away() ? RunStatus.waiting(state) : details(status));
        }
    }

    @Override
    public void unevaluated(List<FailedDevices> devices) {
        if (status != null) {
            status.unevaluated(devices).forEach(this::warn);
        }
    }

    /** In the place of the line that is rewritten, which goes on below. */
    private void warn(String text) {
        String line = "warning: " + text;
        out.println("\r" + line + " ".repeat(Math.max(0, terminal.columns() - 1 - line.length())));
    }

    @Override
    public void finished(RunOutcome outcome) {
        if (bar != null && status != null) {
            bar.setExtraMessage(details(status));
            bar.close();
        }
    }
}
