package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling validate}: every problem of every file. */
@Command(
        name = "validate",
        description = "Checks scenario files: prints ok, or every problem of every file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ValidateCommand implements Callable<Integer> {

    /** Data up to here is read in seconds. */
    private static final long READ_BYTES = 256 << 20;

    private final Wiring wiring;
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scenario files. Further key=value words are overrides, as after --set.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--set", paramLabel = "key=value", description = "Overrides a key in every file. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "Also prints each model: layers, output shapes, parameters, arithmetic, bytes.")
    private boolean verbose;

    @Option(
            names = "--data",
            description = "Reads the data whole, however large, and splits it over the fleet, as a run does first."
                    + " Without it that is done up to 256 MiB.")
    private boolean data;

    ValidateCommand(Wiring wiring, Console console) {
        this.wiring = wiring;
        this.console = console;
    }

    @Override
    public Integer call() {
        Overrides sorted = Overrides.of(words, overrides);
        if (sorted.others().isEmpty()) {
            throw new InputException("validate", "takes one scenario file or more, got none");
        }
        boolean bad = false;
        for (String file : sorted.others()) {
            try {
                Scenario scenario = wiring.scenarios()
                        .read(
                                Overrides.file(file),
                                sorted.settings(),
                                OptionalLong.empty(),
                                data ? Long.MAX_VALUE : READ_BYTES);
                console.out().println(file + ": ok" + unread(scenario));
                ScenarioCheck.remarks(scenario).forEach(remark -> console.remark(file, remark));
                if (verbose) {
                    ModelTable.print(ScenarioCheck.architecture(scenario), console.out());
                }
            } catch (InputException e) {
                console.problems(named(file, e));
                bad = true;
            }
        }
        return bad ? ExitCode.BAD_INPUT : ExitCode.OK;
    }

    /** What was not looked at. */
    private String unread(Scenario scenario) {
        long bytes = data ? 0 : ScenarioCheck.dataBytes(scenario);
        return bytes <= READ_BYTES
                ? ""
                : " (but for the values of the data: " + Figures.bytes(bytes) + "; --data looks at them too)";
    }

    /** A problem in something that the scenario names is told with the scenario's own name too. */
    private static InputException named(String file, InputException found) {
        return new InputException(found.problems().stream()
                .map(problem -> problem.place().startsWith(file)
                        ? problem
                        : new Problem(file + ": " + problem.place(), problem.message()))
                .toList());
    }
}
