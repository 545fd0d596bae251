package dev.starling.cli.drill;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where a drill is played: the processes that are under way, and the directory of the run that they work for. */
final class Stage implements AutoCloseable {

    private final DrillSettings settings;
    private final Path directory;
    private final Patience patience;
    private final Consumer<String> steps;
    private final List<Performer> performers = new ArrayList<>();
    private final List<Runnable> atTheEnd = new ArrayList<>();

    /** @param steps is told of each step, in words */
    Stage(DrillSettings settings, Path directory, Patience patience, Consumer<String> steps) {
        this.settings = settings;
        this.directory = directory;
        this.patience = patience;
        this.steps = steps;
    }

    DrillSettings settings() {
        return settings;
    }

    Patience patience() {
        return patience;
    }

    /** For what a drill needs beside the run. */
    Path directory() {
        return directory;
    }

    /** Where the results of the run go. */
    Path results() {
        return directory.resolve("run");
    }

    void say(String step) {
        steps.accept(step);
    }

    private Performer perform(String name, List<String> prefix, List<String> arguments) throws IOException {
        Performer performer = Performer.start(name, directory, prefix, arguments, patience);
        performers.add(performer);
        return performer;
    }

    /** Begins the run. */
    Performer run(String... options) throws IOException {
        return run(List.of(), options);
    }

    /** Begins the run in another place: {@code prefix} leads there. */
    Performer run(List<String> prefix, String... options) throws IOException {
        return run("run", results(), prefix, options);
    }

    /** Runs without any fault, and returns the root that this ends with. */
    String undisturbed() throws IOException, InterruptedException {
        Path results = directory.resolve("undisturbed");
        run("undisturbed", results, List.of()).awaitSuccess();
        return root(results);
    }

    private Performer run(String name, Path results, List<String> prefix, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", settings.scenario().toString(), "--out", results.toString()));
        settings.overrides().forEach(override -> arguments.addAll(List.of("--set", override)));
        arguments.addAll(List.of(options));
        return perform(name, prefix, arguments);
    }

    /** Goes on with the run. */
    Performer resume(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--resume", results().toString()));
        arguments.addAll(List.of(options));
        return perform("resumed", List.of(), arguments);
    }

    /** A node that works for whoever runs something; returns when it listens. */
    Performer node(String name, String... options) throws IOException, InterruptedException {
        return node(name, List.of(), options);
    }

    Performer node(String name, List<String> prefix, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("node", "--threads", "1"));
        arguments.addAll(List.of(options));
        Performer node = perform(name, prefix, arguments);
        node.awaitPrinted("joined the cluster");
        return node;
    }

    /** {@code HOST:PORT} of a node. */
    static String address(Performer node) throws IOException, InterruptedException {
        return node.awaitPrinted("listening on ");
    }

    /** Rounds that the run has committed. */
    int rounds() throws IOException {
        Path csv = results().resolve("rounds.csv");
        if (!Files.exists(csv)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(csv)) {
            return Math.max(0, (int) lines.count() - 1);
        }
    }

    /** Waits until the run is {@code more} rounds on. */
    void awaitRounds(Performer run, int more) throws IOException, InterruptedException {
        int from = rounds();
        patience.await("the run is " + more + " rounds on", () -> {
            if (ended()) {
                throw new DrillFailure("the run ended before the drill had begun: give it more rounds, with --set");
            }
            return rounds() >= from + more;
        });
        say("round " + rounds() + " is committed");
    }

    /** Whether the run has written its summary. */
    boolean ended() {
        return Files.exists(results().resolve("summary.json"));
    }

    /** What the run ended with; throws DrillFailure if it did not end well. */
    static String root(Path results) throws IOException {
        Path summary = results.resolve("summary.json");
        if (!Files.exists(summary)) {
            throw new DrillFailure("the run left no summary in " + results);
        }
        var json = ConfigFactory.parseString(Files.readString(summary));
        if (!json.getString("status").equals("done")) {
            throw new DrillFailure("the run in " + results + " is " + json.getString("status"));
        }
        return json.getString("modelRoot");
    }

    /** Waits until another round is committed, and says how long that took. */
    void awaitRecovery() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int from = rounds();
        patience.await("the run goes on", () -> rounds() > from || ended());
        say(String.format(Locale.ROOT, "the next round is committed after %.1f s", (System.nanoTime() - start) / 1e9));
    }

    /** Lets the fault last. */
    void pause() throws InterruptedException {
        say("for " + settings.pause().toSeconds() + " s");
        Thread.sleep(settings.pause().toMillis());
    }

    /** Has {@code tidying} done when all processes have ended. */
    void atTheEnd(Runnable tidying) {
        atTheEnd.add(tidying);
    }

    /** Ends all processes and tidies up. */
    @Override
    public void close() {
        // Those that were started last first: nodes outlive the run that they work for.
        for (int i = performers.size() - 1; i >= 0; i--) {
            performers.get(i).close();
        }
        atTheEnd.forEach(Runnable::run);
    }
}
