package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.coordinator.FleetPlans;
import dev.starling.coordinator.Rehearsal;
import dev.starling.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling fleet}: who the phones of a scenario are, and how many could work when. */
@Command(
        name = "fleet",
        description = "Shows the classes of a scenario's fleet, and how many devices are eligible over the day.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FleetCommand implements Callable<Integer> {

    private static final int USUAL_TRACE = 100;
    private static final int MOST_HOURS = 24 * 366;

    private final Wiring wiring;
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The scenario. Further key=value words are overrides, as after --set.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--set", paramLabel = "key=value", description = "Overrides a key of the scenario. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "Hours of fleet time to show. Default: ${DEFAULT-VALUE}.")
    private int hours = 24;

    @Option(
            names = "--write-trace",
            paramLabel = "CSV",
            description = "Also writes what the first devices do in these hours, for fleet.availability.kind = trace.")
    private @Nullable Path trace;

    @Option(
            names = "--write-capacities",
            paramLabel = "CSV",
            description = "Also writes how fast the first devices are, for fleet.capacities.file.")
    private @Nullable Path capacities;

    @Option(
            names = "--trace-devices",
            paramLabel = "N",
            description = "Devices of these files. Default: 100, or all of a smaller fleet.")
    private @Nullable Integer traceDevices;

    FleetCommand(Wiring wiring, Console console) {
        this.wiring = wiring;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (hours < 1 || hours > MOST_HOURS) {
            throw new InputException("--hours", "must be 1 to " + MOST_HOURS + ", got " + hours);
        }
        Overrides sorted = Overrides.withOne("fleet", "scenario file", words, overrides);
        Scenario scenario = wiring.scenarios().read(sorted.file(), sorted.settings(), OptionalLong.empty());
        int devices = scenario.fleet().devices();
        int traced = traceDevices == null ? Math.min(USUAL_TRACE, devices) : traceDevices;
        if (traced < 1 || traced > devices) {
            throw new InputException("--trace-devices", "must be 1 to fleet.devices (" + devices + "), got " + traced);
        }
        FleetPlans fleet = Rehearsal.fleet(scenario);
        FleetClasses.print(scenario, fleet, console.out());
        FleetChart.print(scenario, fleet, hours, console);
        if (trace != null) {
            TraceWriter.write(trace, fleet.availability(), scenario.fleet().start(), hours, traced);
        }
        if (capacities != null) {
            double flops = fleet.workload().flopsPerExample();
            CapacityWriter.write(capacities, fleet.fleet(), flops, traced);
            console.out()
                    .printf(
                            "%nthe latencies in %s are those of %.0f operations%n",
                            capacities, CapacityWriter.forward(flops));
        }
        return ExitCode.OK;
    }
}
