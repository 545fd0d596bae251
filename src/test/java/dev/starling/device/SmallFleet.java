package dev.starling.device;

import dev.starling.aggregate.RoundKey;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.ModelRoot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small real fleet for tests: a scenario, hosts for it, and its first base. */
public final class SmallFleet {

    public static final String RUN = "small-1";

    private static final String DEFAULTS = """
            seed = 11
            data {
              source { kind = glyphs, train-examples = 200, test-examples = 40 }
              hold-back = 0.2
            }
            model.network = "mlp(8)"
            local { epochs = 2, batch = 5, learning-rate = 0.05 }
            fleet.devices = 10
            rounds { max = 3, cohort = 4 }
            """;

    private final Scenario scenario;
    private final RawData raw;
    private final RunSpec spec;

    private SmallFleet(Scenario scenario) {
        this.scenario = scenario;
        this.raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        this.spec = new RunSpec(RUN, Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
    }

    /** The fleet of the defaults above, with these settings on top. */
    public static SmallFleet with(String settings) {
        return new SmallFleet(ScenarioReader.parse(DEFAULTS + settings, "small.conf"));
    }

    public Scenario scenario() {
        return scenario;
    }

    public RunSpec spec() {
        return spec;
    }

    RawData raw() {
        return raw;
    }

    /** One node's part of the fleet; to be closed. */
    public DeviceHost host() {
        return new DeviceHost(spec, scenario, raw, 2, figures());
    }

    public static NodeFigures figures() {
        return new NodeFigures(() -> 0L);
    }

    /** Version 0, drawn as a coordinator draws it. */
    public BaseModel base(DeviceHost host) {
        return base(
                0,
                host.architecture()
                        .initial(scenario.model().initializer(), new Seeds(scenario.seed()).of(Purpose.INITIAL_MODEL)));
    }

    public static BaseModel base(int version, Snapshot weights) {
        return new BaseModel(version, ModelRoot.of(weights), weights);
    }

    /** One federated work of a device that has no model yet. */
    static @Nullable PersonalModel contribute(
            DeviceHost host, int device, RoundKey round, double weight, Work work, BaseModel base, BaseModel against) {
        Map<Integer, BaseModel> bases = Map.of(base.version(), base);
        return host.contribute(device, round, 0, weight, Lineage.of(work), bases, against, null);
    }

    /** The model that {@code work} leads to from {@code base}. */
    static PersonalModel replay(DeviceHost host, int device, Work work, BaseModel base) {
        return host.make(device, Lineage.of(work), Map.of(base.version(), base), null);
    }
}
