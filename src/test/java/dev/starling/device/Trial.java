package dev.starling.device;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.base.Software;
import dev.starling.data.DataLoader;
import dev.starling.data.InitialModel;
import dev.starling.data.RawData;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import java.util.Map;

/** What a run asks of one node, without actors: its data, its model, one device's training, an evaluation. */
public final class Trial {

    private Trial() {}

    /** Trains device 0 once and evaluates the first base; InputException for what no run can begin with. */
    public static Evaluation of(Scenario scenario) {
        Seeds seeds = new Seeds(scenario.seed());
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), seeds);
        RunSpec spec = new RunSpec("trial-1", Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        try (DeviceHost host = new DeviceHost(spec, scenario, raw, 1, SmallFleet.figures())) {
            Snapshot weights = scenario.initialModel()
                    .map(file -> InitialModel.read(file, host.architecture().layout()))
                    .orElseGet(() -> host.architecture()
                            .initial(scenario.model().initializer(), seeds.of(Purpose.INITIAL_MODEL)));
            BaseModel base = SmallFleet.base(0, weights);
            Lineage lineage = Lineage.of(new Work(1, 0, 1000, new SimTime(0)));
            host.make(0, lineage, Map.of(0, base), null);
            Examples test = host.views().test();
            return host.evaluate(weights, test, 0, Math.min(50, test.count()));
        }
    }
}
