package dev.starling.cli.drill;

import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/** Runs on a cluster whose processes die at random, one in each run. */
final class RandomKills implements Drill {

    @Override
    public String name() {
        return "random-kills";
    }

    @Override
    public String what() {
        return "Runs --times times on a cluster of 3 to 5 JVMs that stay, and each time kills one of them at random (-9), "
                + "or the run's own process.";
    }

    @Override
    public boolean repeated() {
        return true;
    }

    /** Long enough for a kill in its first half, short enough to be done a hundred times. */
    @Override
    public OptionalInt rounds() {
        return OptionalInt.of(40);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        DrillSettings.Series series = stage.settings().series();
        stage.say("seed " + series.seed());
        Recoveries recoveries = new Recoveries();
        Company company = new Company(stage);
        int rounds = stage.undisturbedFiles().rounds();
        int failed = 0;
        for (int time = series.from(); time < series.from() + series.times(); time++) {
            KillPlan plan = KillPlan.of(series.seed(), time, rounds);
            boolean last = time == series.from() + series.times() - 1;
            KillPlan next = last ? plan : KillPlan.of(series.seed(), time + 1, rounds);
            try {
                Kill kill = new Kill(stage, company, plan, next, "time-" + time);
                double seconds = kill.play();
                recoveries.note(plan.victim(), seconds);
                stage.say(String.format(
                        Locale.ROOT, "%d: %s; the next round %.1f s later; the same root", time, kill.text(), seconds));
            } catch (ProcessFailure e) {
                failed++;
                stage.say(time + " FAILED: " + e.getMessage() + "; see "
                        + stage.directory().resolve("time-" + time) + ", again with --seed " + series.seed()
                        + " --from " + time + " --times 1");
                company.disband(); // In what state they are is not known.
            }
        }
        recoveries.lines().forEach(stage::say);
        stage.say(series.times() - failed + " of " + series.times() + " runs ended with model root "
                + stage.undisturbedFiles().root());
        if (failed > 0) {
            throw new ProcessFailure(failed + " of " + series.times() + " runs did not end as they should");
        }
    }

    /** Each run was compared when it ended. */
    @Override
    public void compare(Stage stage) {}
}
