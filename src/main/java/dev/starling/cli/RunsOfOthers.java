package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.JmxBean;
import dev.starling.metrics.ResultFiles;
import dev.starling.metrics.RunBean;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Runs that {@code starling node --standby} takes over: into their own directory, told of on this node's output. */
final class RunsOfOthers implements StandIn {

    private final Wiring wiring;
    private final Console console;
    private final NodeSettings node;

    RunsOfOthers(Wiring wiring, Console console, NodeSettings node) {
        this.wiring = wiring;
        this.console = console;
        this.node = node;
    }

    @Override
    public RunRequest request(Path directory) {
        Resumption.requireRun(directory);
        try {
            Scenario scenario = RunArguments.of(List.of(), List.of(), null, Resumption.scenario(directory))
                    .read(wiring.scenarios());
            Resumption.requireSame(directory, scenario);
            return new RunRequest(scenario, node, 1, true, false, directory, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<RunListener> listeners(RunRequest run, RunControl control) {
        RunBean bean = new RunBean(control);
        JmxBean.register("Run", bean);
        return List.of(
                new ResultFiles(
                        run.directory(),
                        run.scenario().text(),
                        Machine.manifest(console.commandLine()),
                        wiring.modelWriter()),
                bean,
                new LineProgress(console.out(), System::nanoTime));
    }
}
