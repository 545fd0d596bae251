package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.base.OutOfMemory;
import dev.starling.cluster.NodeSettings;
import dev.starling.coordinator.RunIdentity;
import dev.starling.metrics.JmxBean;
import dev.starling.metrics.JmxPort;
import dev.starling.metrics.Phase;
import dev.starling.metrics.ResultFiles;
import dev.starling.metrics.RunBean;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling run}: a scenario from file to results. */
@Command(
        name = "run",
        description = "Runs a scenario; results go to runs/<name>-<n>/ or --out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final int MAX_NODES = 64;

    private final Wiring wiring;
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The scenario. Further key=value words are overrides, as after --set.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the scenario, for example rounds.cohort=20. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where results go: a new or empty directory.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Goes on with the run in this directory, which was stopped or killed, or is to have more"
                    + " rounds: of its settings rounds.max, rounds.target.value and rounds.target.stop may change. FILE"
                    + " may be left out.")
    private @Nullable Path resume;

    @Option(names = "--seed", paramLabel = "N", description = "Replaces the scenario's seed.")
    private @Nullable Long seed;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "JVMs on this machine over which the fleet is spread. Default: ${DEFAULT-VALUE}.")
    private int nodes = 1;

    @Option(names = "--quiet", description = "Prints nothing but the final table and errors.")
    private boolean quiet;

    @Option(names = "--rehearse", description = "Everything but the training: who works when, at what cost.")
    private boolean rehearse;

    @Option(
            names = "--cluster",
            description = "Runs on the nodes that have joined (see starling node) instead of starting any.")
    private boolean cluster;

    @Mixin
    private JmxOptions jmx = new JmxOptions();

    @Mixin
    private NodeOptions node = new NodeOptions();

    RunCommand(Wiring wiring, Console console) {
        this.wiring = wiring;
        this.console = console;
    }

    @Override
    @SuppressWarnings("try") // The port is open while the block runs; nothing asks it anything.
    public Integer call() throws IOException {
        if (resume != null) {
            requireNothingElse();
            Resumption.requireRun(resume);
        }
        RunArguments arguments = resume == null
                ? RunArguments.of(words, overrides, seed)
                : RunArguments.of(words, overrides, seed, Resumption.scenario(resume));
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new InputException(
                    "--nodes", "must be 1 to " + MAX_NODES + " (each is a JVM on this machine), got " + nodes);
        }
        if (cluster && nodes > 1) {
            throw new InputException(
                    "--cluster", "runs on the nodes that have joined and starts none; leave --nodes out");
        }
        NodeSettings request = node.request(nodes, console);
        if (cluster && request.seedNodes().isEmpty() && request.bootstrap().isEmpty()) {
            throw new InputException("--cluster", "needs a node to join: give --seed-node HOST:PORT");
        }
        Scenario scenario = arguments.read(wiring.scenarios());
        if (resume != null) {
            Resumption.requireSame(resume, scenario);
            if (Resumption.isComplete(resume)
                    && Resumption.changes(resume, scenario).isEmpty()) {
                console.out()
                        .println("the run in " + resume + " is complete; there is nothing to resume (more rounds: --set"
                                + " rounds.max=N, or another rounds.target)");
                return ExitCode.OK;
            }
        }
        if (!quiet) {
            ScenarioCheck.remarks(scenario).forEach(remark -> console.remark("", remark));
        }
        Path directory =
                resume == null ? RunDirectory.reserve(Path.of(""), scenario.name(), Optional.ofNullable(out)) : resume;
        // Before the first logger: Logback reads it once.
        System.setProperty("starling.log", directory.resolve(RunDirectory.LOG).toString());
        try (DirectoryLock lock = DirectoryLock.take(directory);
                JmxPort port = jmx.open(request.tls())) {
            Path absolute = directory.toAbsolutePath();
            OutOfMemory.resumable(directory);
            return run(
                    new RunRequest(scenario, request, nodes, cluster, rehearse, absolute, resume != null), directory);
        } catch (InputException e) {
            if (resume == null) {
                RunDirectory.release(directory);
            }
            throw e;
        }
    }

    private void requireNothingElse() {
        if (out != null) {
            throw new InputException("--resume", "goes on in the directory of the run; leave --out out");
        }
        if (rehearse) {
            throw new InputException("--resume", "goes on with a run; a rehearsal is done again from its beginning");
        }
    }

    @SuppressWarnings("try") // As above, for the bean.
    private int run(RunRequest request, Path directory) {
        RunControl control = new RunControl();
        RunBean bean = new RunBean(control);
        ResultFiles files = new ResultFiles(
                request.directory(),
                request.scenario().text(),
                Machine.manifest(console.commandLine()),
                wiring.modelWriter());
        if (request.resume()) {
            files.goesOnWith(Resumption.changes(request.directory(), request.scenario()));
        }
        ResultTable table = new ResultTable();
        List<RunListener> listeners = new ArrayList<>(List.of(files, bean, table));
        if (!quiet) {
            listeners.add(console.progress());
        }
        try (Interrupts interrupts = Interrupts.watch(control, console.err());
                JmxBean registered = JmxBean.register("Run", bean)) {
            RunOutcome outcome = wiring.simulator().run(request, control, listeners);
            table.print(outcome, directory.toString(), console.out());
            int code = exitCode(outcome, files, interrupts);
            if (outcome.phase() != Phase.DONE && RunIdentity.isIn(directory)) {
                console.err().println("to go on: " + Resumption.command(directory));
            }
            return code;
        }
    }

    private int exitCode(RunOutcome outcome, ResultFiles files, Interrupts interrupts) {
        files.failure().ifPresent(console::error);
        if (outcome.phase() == Phase.FAILED) {
            console.error(outcome.failure());
        }
        if (interrupts.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return outcome.phase() == Phase.FAILED || files.failure().isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }
}
