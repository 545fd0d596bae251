package dev.starling.cli.drill;

import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import dev.starling.cli.processes.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where a drill is played: the processes that are under way, and the directory of the run that they work for. */
final class Stage implements AutoCloseable {

    private static final String UNDISTURBED = "undisturbed";

    private final DrillSettings settings;
    private final Path directory;
    private final Patience patience;
    private final Consumer<String> steps;
    private final List<Performer> performers;
    private final List<Runnable> atTheEnd = new CopyOnWriteArrayList<>();

    /** @param steps is told of each step, in words */
    Stage(DrillSettings settings, Path directory, Patience patience, Consumer<String> steps) {
        this(settings, directory, patience, steps, new CopyOnWriteArrayList<>());
    }

    private Stage(
            DrillSettings settings,
            Path directory,
            Patience patience,
            Consumer<String> steps,
            List<Performer> performers) {
        this.settings = settings;
        this.directory = directory;
        this.patience = patience;
        this.steps = steps;
        this.performers = performers;
    }

    /** For one of several runs, in a directory of its own below this one; its processes end with this stage. */
    Stage act(String name) throws IOException {
        Path below = Files.createDirectory(directory.resolve(name));
        return new Stage(settings, below, patience, step -> {}, performers);
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

    /** The same, to be looked into. */
    RunFiles files() {
        return new RunFiles(results());
    }

    /** Of the run without any fault. */
    RunFiles undisturbedFiles() {
        return new RunFiles(directory.resolve(UNDISTURBED));
    }

    void say(String step) {
        steps.accept(step);
    }

    private Performer perform(String name, List<String> prefix, List<String> arguments) throws IOException {
        Performer performer = Performer.start(name, directory, prefix, arguments, patience);
        performers.add(performer);
        return performer;
    }

    /** Ends {@code performer}, if it has not ended. */
    void dismiss(Performer performer) {
        performer.close();
        performers.remove(performer);
    }

    /** Begins the run. */
    Performer run(String... options) throws IOException {
        return run(List.of(), options);
    }

    /** Begins the run in another place: {@code prefix} leads there. */
    Performer run(List<String> prefix, String... options) throws IOException {
        return run("run", prefix, List.of(options));
    }

    /** Runs without any fault, and returns the root that this ends with. */
    String undisturbed() throws IOException, InterruptedException {
        run(UNDISTURBED, List.of(), List.of()).awaitSuccess();
        return undisturbedFiles().root();
    }

    /** Begins a run whose results go to {@code name} in the directory. */
    Performer run(String name, List<String> prefix, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                settings.scenario().toString(),
                "--out",
                directory.resolve(name).toString()));
        settings.overrides().forEach(override -> arguments.addAll(List.of("--set", override)));
        arguments.addAll(options);
        return perform(name, prefix, arguments);
    }

    /** Goes on with the run. */
    Performer resume(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--resume", results().toString()));
        arguments.addAll(List.of(options));
        return perform("resumed", List.of(), arguments);
    }

    /** A node that works for whoever runs something; returns when it has joined. */
    Performer node(String name, String... options) throws IOException, InterruptedException {
        return node(name, List.of(), options);
    }

    Performer node(String name, List<String> prefix, String... options) throws IOException, InterruptedException {
        Performer node = startNode(name, prefix, List.of(options));
        node.awaitPrinted("joined the cluster");
        return node;
    }

    /** As {@link #node}, but returns at once. */
    Performer startNode(String name, List<String> prefix, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("node", "--threads", "1"));
        arguments.addAll(options);
        return perform(name, prefix, arguments);
    }

    /** {@code HOST:PORT} of a node. */
    static String address(Performer node) throws IOException, InterruptedException {
        return node.awaitPrinted("listening on ");
    }

    /** Waits until the run has gathered its nodes, which must be {@code jvms} with its own: before, there is none to upset. */
    static void awaitBegun(Performer run, int jvms) throws IOException, InterruptedException {
        String heading = run.awaitPrinted(" devices, ");
        if (!heading.contains(", " + jvms + " nodes, ")) {
            throw new ProcessFailure("the run did not begin on " + jvms + " JVMs: " + heading);
        }
    }

    /** Waits until the run is {@code more} rounds on. */
    void awaitRounds(Performer run, int more) throws IOException, InterruptedException {
        awaitRound(run, files().rounds() + more);
    }

    /** Waits until the run has committed that round. */
    void awaitRound(Performer run, int round) throws IOException, InterruptedException {
        patience.await("round " + round + " is committed", () -> {
            requireUnderWay();
            run.requireAlive();
            return files().rounds() >= round;
        });
        say("round " + files().rounds() + " is committed");
    }

    /** Throws ProcessFailure if the run has ended: nothing can happen to it any more. */
    void requireUnderWay() {
        if (files().ended()) {
            throw new ProcessFailure("the run ended before the drill had begun: give it more rounds, with --set");
        }
    }

    /** Throws ProcessFailure unless the run in {@code results} ended with the root of the undisturbed run. */
    void requireSame(RunFiles run) throws IOException {
        if (!run.root().equals(undisturbedFiles().root())) {
            throw new ProcessFailure("the run ended, but with another model root: " + run.root());
        }
    }

    /** Waits until another round is committed, and says how long that took since {@code fault}, in nanoseconds. */
    void awaitRecovery(String fault, long faultNanos) throws IOException, InterruptedException {
        int from = files().rounds();
        patience.await("the run goes on", () -> files().rounds() > from || files().ended());
        say(String.format(
                Locale.ROOT,
                "the next round is committed %.1f s after %s",
                (System.nanoTime() - faultNanos) / 1e9,
                fault));
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
        List<Performer> all = List.copyOf(performers);
        for (int i = all.size() - 1; i >= 0; i--) {
            dismiss(all.get(i));
        }
        atTheEnd.forEach(Runnable::run);
    }
}
