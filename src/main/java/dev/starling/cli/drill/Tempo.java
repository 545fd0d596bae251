package dev.starling.cli.drill;

import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast a run commits rounds, seen from outside; and after a fault, how long it takes until it is as fast again. */
final class Tempo {

    /** Rounds that a speed is the mean of. */
    private static final int WINDOW = 10;

    private static final double AS_FAST = 1.1;
    private static final long LOOK_MILLIS = 10;

    private final Stage stage;
    private final List<Long> commits = new ArrayList<>();
    private int seen;
    private double usualNanos;

    private Tempo(Stage stage) throws IOException {
        this.stage = stage;
        this.seen = stage.files().rounds();
    }

    /** Takes the speed of a run on {@code stage} that goes well. */
    static Tempo of(Stage stage) throws IOException, InterruptedException {
        Tempo tempo = new Tempo(stage);
        tempo.await("ten rounds are committed", () -> tempo.commits.size() > WINDOW);
        tempo.usualNanos = tempo.windowNanos(0);
        stage.say(String.format(
                Locale.ROOT, "round %d is committed, one takes %.0f ms", tempo.seen, tempo.usualNanos / WINDOW / 1e6));
        return tempo;
    }

    /** Called when a fault has just happened: returns when the run is at full speed again, or over, and says what it took. */
    void awaitRecovery() throws IOException, InterruptedException {
        long fault = System.nanoTime();
        commits.clear();
        await(
                "the run is as fast as before",
                () -> atFullSpeed() >= 0 || stage.files().ended());
        if (commits.isEmpty()) {
            throw new ProcessFailure("the run ended without another round: give it more, with --set");
        }
        stage.say(seconds(
                "the next round was committed %.1f s after that", commits.get(afterLongestPause(fault)) - fault));
        int full = atFullSpeed();
        stage.say(
                full < 0
                        ? "the run ended before it was as fast as before"
                        : seconds("full speed again from %.1f s after that", commits.get(full) - fault));
    }

    /** A round that was nearly done when the fault happened may be committed before the run stands still. */
    private int afterLongestPause(long fault) {
        int longest = 0;
        long pause = commits.get(0) - fault;
        for (int i = 1; i < commits.size(); i++) {
            if (commits.get(i) - commits.get(i - 1) > pause) {
                longest = i;
                pause = commits.get(i) - commits.get(i - 1);
            }
        }
        return longest;
    }

    /** Since which commit the run is as fast as it was; -1 if it is not. */
    private int atFullSpeed() {
        for (int i = 0; i + WINDOW < commits.size(); i++) {
            if (windowNanos(i) <= AS_FAST * usualNanos) {
                return i;
            }
        }
        return -1;
    }

    private long windowNanos(int from) {
        return commits.get(from + WINDOW) - commits.get(from);
    }

    private void await(String what, Patience.Condition condition) throws IOException, InterruptedException {
        stage.patience().await(what, LOOK_MILLIS, () -> {
            // Rounds that are trained again after the last saved state count once.
            for (int rounds = stage.files().rounds(); seen < rounds; seen++) {
                commits.add(System.nanoTime());
            }
            return condition.holds();
        });
    }

    private static String seconds(String format, long nanos) {
        return String.format(Locale.ROOT, format, nanos / 1e9);
    }
}
