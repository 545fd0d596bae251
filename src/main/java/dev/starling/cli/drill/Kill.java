package dev.starling.cli.drill;

import dev.starling.cli.drill.KillPlan.Victim;
import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One run, and one process that is killed in it. */
final class Kill {

    private final Stage stage;
    private final Company company;
    private final KillPlan plan;
    private final KillPlan next;
    private final String name;
    private String text = "";

    /**
     * @param next whose nodes are started already while the run comes to its end: they join it
     * @param name of the directory of the run, which is kept if anything goes wrong
     */
    Kill(Stage stage, Company company, KillPlan plan, KillPlan next, String name) {
        this.stage = stage;
        this.company = company;
        this.plan = plan;
        this.next = next;
        this.name = name;
    }

    /** What was killed, and when. */
    String text() {
        return text;
    }

    /**
     * Returns how many seconds after the kill the next round was committed; throws ProcessFailure unless the run ended as an
     * undisturbed one.
     */
    double play() throws IOException, InterruptedException {
        company.requireAlive();
        company.be(plan.workers(), plan.standBys());
        Stage act = stage.act(name);
        Performer run = act.run(company.cluster("--cluster", "--threads", "1"));
        try {
            awaitMoment(act, run);
            int round = act.files().rounds();
            String victim = kill(run);
            long killed = System.nanoTime();
            text = String.format(
                    Locale.ROOT,
                    "%s of %d JVMs (%d stand by) killed %d ms after %s, at round %d",
                    victim,
                    plan.jvms(),
                    plan.standBys(),
                    plan.millis(),
                    plan.afterRounds() == 0 ? "the run had begun" : "round " + plan.afterRounds(),
                    round);
            // What was under way may have needed nothing more of a node; the next round does.
            int goal = round + (plan.victim() == Victim.COORDINATOR ? 1 : 2);
            awaitOrEnd(
                    act,
                    run,
                    "round " + goal + " is committed",
                    () -> act.files().rounds() >= goal);
            double seconds = (System.nanoTime() - killed) / 1e9;
            company.grow(next.workers(), next.standBys());
            awaitOrEnd(act, run, "the run ends", () -> false);
            stage.requireSame(act.files());
            company.requireAlive();
            stage.dismiss(run);
            delete(act.directory());
            return seconds;
        } catch (ProcessFailure e) {
            stage.dismiss(run);
            throw text.isEmpty() ? e : new ProcessFailure(text + ": " + e.getMessage());
        }
    }

    private void awaitMoment(Stage act, Performer run) throws IOException, InterruptedException {
        Stage.awaitBegun(run, plan.jvms());
        act.awaitRound(run, plan.afterRounds());
        Thread.sleep(plan.millis());
        act.requireUnderWay();
    }

    private String kill(Performer run) throws InterruptedException {
        if (plan.victim() == Victim.COORDINATOR) {
            run.kill();
            return "the run's own process";
        }
        List<Performer> kind = plan.victim() == Victim.WORKER ? company.workers() : company.standBys();
        Performer victim = kind.get(plan.index());
        company.kill(victim);
        return victim.name();
    }

    /** Until {@code condition} holds, or whoever coordinates the run now has ended it well. */
    private void awaitOrEnd(Stage act, Performer run, String what, Patience.Condition condition)
            throws IOException, InterruptedException {
        stage.patience().await(what, () -> condition.holds() || (lost() ? ended(act) : run.endedWell()));
    }

    private boolean lost() {
        return plan.victim() == Victim.COORDINATOR;
    }

    /** Whether a node that stands by says that the run is over; throws ProcessFailure if it says anything else of it. */
    private boolean ended(Stage act) throws IOException {
        String words = "the run in " + act.results() + " ";
        for (Performer node : company.standBys()) {
            node.requireAlive();
            List<String> said = node.printed()
                    .lines()
                    .filter(line -> line.startsWith(words))
                    .toList();
            if (said.stream().anyMatch(line -> line.startsWith(words + "is DONE"))) {
                return true;
            }
            if (!said.isEmpty()) {
                throw new ProcessFailure(node.name() + " says: " + said.get(0));
            }
        }
        return false;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
