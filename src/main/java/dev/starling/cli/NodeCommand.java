package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.coordinator.Understudies;
import dev.starling.metrics.JmxPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling node}: a process that works for a cluster. */
@Command(
        name = "node",
        description = "Joins a cluster and works for the runs that others start on it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NodeCommand implements Callable<Integer> {

    private final Wiring wiring;
    private final Console console;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private JmxOptions jmx = new JmxOptions();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of scenarios that differs on this node, for example where its data lies: "
                    + "data.source.file=/data/x.npz. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Parameters(arity = "0..*", hidden = true, description = "Further key=value words are settings, as after --set.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--standby",
            description = "Goes on with runs of this cluster whose own process is lost. Needs to reach the run's "
                    + "directory by the same path, and all of its data.")
    private boolean standby;

    @Option(names = "--end-with-input", hidden = true, description = "Exits when standard input ends.")
    private boolean endWithInput;

    NodeCommand(Wiring wiring, Console console) {
        this.wiring = wiring;
        this.console = console;
    }

    @Override
    @SuppressWarnings("try") // The port is open while the block runs; nothing asks it anything.
    public Integer call() throws IOException {
        if (endWithInput) {
            NodeProcesses.endWithInput();
        }
        NodeSettings request = node.request(1, console)
                .withOverrides(Overrides.alone("node", words, overrides).settings());
        if (standby) {
            request = request.withRole(Understudies.ROLE);
        }
        try (JmxPort port = jmx.open(request.tls())) {
            Optional<StandIn> runs =
                    standby ? Optional.of(new RunsOfOthers(wiring, console, request)) : Optional.empty();
            wiring.simulator().serve(request, runs, console.out()::println);
        }
        return ExitCode.OK;
    }
}
