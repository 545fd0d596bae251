package dev.starling.device;

import dev.starling.base.InputException;
import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.data.DataFile;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.util.List;
import java.util.Optional;

/** Loads what a run's scenario says, or refuses because node and coordinator do not agree on it. */
public final class ScenarioHosts implements HostFactory {

    private final List<String> overrides;
    private final KeeperFactory keepers;

    /** @param overrides settings of this node alone, for example where its data lies, as {@code key=value} */
    public ScenarioHosts(List<String> overrides, KeeperFactory keepers) {
        this.keepers = keepers;
        this.overrides = List.copyOf(overrides);
    }

    @Override
    public DeviceHost host(RunSpec spec, NodeAgent.Node node) {
        if (!spec.software().equals(Software.VERSION)) {
            throw new InputException("", "runs Starling " + Software.VERSION + ", the coordinator " + spec.software());
        }
        Scenario scenario = ScenarioReader.parse(spec.scenario(), "scenario of " + spec.run(), overrides);
        RawData raw = node.hosts()
                .takeData(spec.run())
                .orElseGet(
                        () -> DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed())));
        requireSameFiles(spec.files(), raw.files());
        return new DeviceHost(spec, scenario, raw, node.threads(), node.figures(), Optional.of(keepers));
    }

    private static void requireSameFiles(List<DataFile> expected, List<DataFile> found) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String theirs = i < expected.size() ? expected.get(i).sha256() : "none";
            String ours = i < found.size() ? found.get(i).sha256() : "none";
            if (!theirs.equals(ours)) {
                String name =
                        i < found.size() ? found.get(i).name() : expected.get(i).name();
                throw new InputException(
                        "", name + " is other data than the coordinator's: SHA-256 " + ours + ", expected " + theirs);
            }
        }
    }
}
