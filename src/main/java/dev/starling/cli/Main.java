package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.base.OutOfMemory;
import dev.starling.cli.bench.Benchmark;
import dev.starling.cli.certs.CertsCommand;
import dev.starling.cli.drill.DrillCommand;
import dev.starling.cli.models.ModelsCommand;
import dev.starling.cluster.LateStartException;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code starling} command. Exit codes: {@link ExitCode}. */
@Command(
        name = "starling",
        description = "Simulates a fleet of phones that learn.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run().
    private CommandSpec spec;

    private final Console console;

    private Main(Console console) {
        this.console = console;
    }

    public static void main(String[] args) {
        if (System.getProperty("starling.log") == null) {
            System.setProperty("starling.log", defaultLog().toString());
        }
        List<String> commandLine = new ArrayList<>(List.of("starling"));
        commandLine.addAll(List.of(args));
        Terminal terminal = Terminal.ofProcess(
                System.getenv(),
                System.getProperty("starling.terminal", ""),
                System.getProperty("starling.locale", ""));
        StandardOutput out = StandardOutput.ofProcess();
        System.setOut(out.stream());
        System.setErr(StandardError.ofProcess());
        OutOfMemory.endsProcess(ExitCode.FAILED, terminal.rewritable(), Main::log);
        Console console = new Console(out.stream(), System.err, terminal, commandLine);
        int code = ExitCode.FAILED;
        try {
            code = run(Parts.wiring(), console, args);
        } catch (Throwable failure) { // Nodes and kernels have threads that would keep a process whose main thread is
            // dead.
            OutOfMemory.check(failure);
            unexpected(console, failure);
        }
        // Exits by force: actor systems and native pools keep threads that would hold the JVM.
        System.exit(out.exitCode(code, System.err));
    }

    /** In the temporary directory, since a command other than {@code run} has no directory of its own. */
    private static Path defaultLog() {
        String name = "starling-" + System.getProperty("user.name") + "-"
                + ProcessHandle.current().pid() + ".log";
        return Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    /** Runs one command and returns its exit code. */
    public static int run(Wiring wiring, Console console, String... args) {
        CommandLine starling = new CommandLine(new Main(console));
        Map<String, Supplier<Object>> commands = commands(wiring, console);
        // Each command costs its options, looked up by reflection: the one that is called comes alone.
        if (args.length > 0 && commands.containsKey(args[0])) {
            starling.addSubcommand(commands.get(args[0]).get());
        } else if (args.length != 1 || !args[0].equals("version")) {
            commands.values().forEach(command -> starling.addSubcommand(command.get()));
            starling.addSubcommand(new CommandLine.HelpCommand());
        }
        starling.setOut(new PrintWriter(console.out(), true, Charset.defaultCharset()));
        starling.setErr(new PrintWriter(console.err(), true, Charset.defaultCharset()));
        starling.setParameterExceptionHandler((exception, words) -> usage(console, exception));
        starling.setExecutionExceptionHandler((exception, command, parsed) -> failed(console, exception));
        return starling.execute(args);
    }

    /** By the names by which they are called. */
    private static Map<String, Supplier<Object>> commands(Wiring wiring, Console console) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(wiring, console));
        commands.put("node", () -> new NodeCommand(wiring, console));
        commands.put("validate", () -> new ValidateCommand(wiring, console));
        commands.put("fleet", () -> new FleetCommand(wiring, console));
        commands.put("bench", () -> new BenchCommand(console, Benchmark.USUAL));
        commands.put("drill", () -> new DrillCommand(console));
        commands.put("models", () -> ModelsCommand.line(wiring.scenarios(), wiring.replayers(), console));
        commands.put("certs", () -> CertsCommand.line(console));
        return commands;
    }

    @Command(name = "version", description = "Prints the version.")
    int version() {
        spec.commandLine().printVersionHelp(console.out());
        return ExitCode.OK;
    }

    /** Without a command: what there is to choose from, as an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int usage(Console console, ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        console.error(String.valueOf(exception.getMessage()));
        console.err().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static int failed(Console console, Exception exception) {
        OutOfMemory.check(exception);
        if (exception instanceof InputException input) {
            console.problems(input);
            return ExitCode.BAD_INPUT;
        }
        if (exception instanceof StoreException store) {
            // Nothing unexpected: a store that is damaged or out of reach says so itself.
            LoggerFactory.getLogger(Main.class).error("model store", exception);
            console.error(String.valueOf(store.getMessage()));
            return store instanceof ReplayNeededException ? ExitCode.BAD_INPUT : ExitCode.FAILED;
        }
        if (exception instanceof LateStartException) {
            LoggerFactory.getLogger(Main.class).error("node", exception);
            console.error(String.valueOf(exception.getMessage()));
            return ExitCode.FAILED;
        }
        if (exception instanceof TakenOutException) {
            console.error(String.valueOf(exception.getMessage()));
            return ExitCode.FAILED;
        }
        if (exception instanceof NodeEndedException) {
            console.error(String.valueOf(exception.getMessage()));
            return ExitCode.FAILED;
        }
        unexpected(console, exception);
        return ExitCode.FAILED;
    }

    private static void unexpected(Console console, Throwable failure) {
        log(failure);
        String log = System.getProperty("starling.log", "");
        console.error("unexpected " + failure + (log.isEmpty() ? "" : "; details are in " + log));
    }

    private static void log(Throwable failure) {
        LoggerFactory.getLogger(Main.class).error("unexpected", failure);
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"starling " + Machine.version(), "java " + System.getProperty("java.version")};
        }
    }
}
