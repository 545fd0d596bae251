package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.Augmentation;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.fleet.Fleet;
import dev.starling.model.Architecture;
import dev.starling.model.LocalResult;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.ModelRoot;
import org.junit.jupiter.api.Test;

class BiasedTrainingTest {

    private static final String BIASED = """
            data {
              source { kind = glyphs, train-examples = 400, test-examples = 50 }
              bias {
                region.strength = 0.5
                daytime.darkness = 0.8
                weather { noise = 1, blur = 0.5 }
                concept.labels = 2
              }
              arrival { per-day = 48, at-most = 20 }
            }
            fleet.devices = 4
            rounds.cohort = 2
            """;

    /** A node of its own: nothing is shared with other nodes but the scenario. */
    private static final class OtherNode {
        private final Scenario scenario = ScenarioReader.parse(BIASED, "x.conf");
        private final DeviceViews views;
        private final Architecture architecture;
        private final BaseModel base;

        OtherNode() {
            Seeds seeds = new Seeds(scenario.seed());
            RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), seeds);
            views = FleetSurroundings.views(
                    scenario, raw.featurized(raw.fitFeaturizer()), new Fleet(scenario.fleet(), seeds));
            architecture = Architecture.of(
                    scenario.model(),
                    views.data().shape().input(),
                    views.data().shape().outputs());
            Snapshot first = architecture.initial(scenario.model().initializer(), seeds.of(Purpose.INITIAL_MODEL));
            base = new BaseModel(0, ModelRoot.of(first), first);
        }

        SimTime after(double hours) {
            return scenario.fleet().start().plusMillis((long) (hours * 3_600_000));
        }

        ModelRoot rootOf(int device, Work work) {
            try (Workbench bench = new Workbench(architecture)) {
                LocalTraining training =
                        new LocalTraining(new Seeds(scenario.seed()), views, scenario.local(), Augmentation.NONE);
                LocalResult result = training.train(bench, base, device, work);
                assertThat(result.examples()).isEqualTo(views.trainingCount(device, work.now()));
                return ModelRoot.of(bench.weights().snapshot());
            }
        }
    }

    @Test
    void workSaysAllThatIsNeededToTrainAgainOnAnotherNode() {
        OtherNode one = new OtherNode();
        OtherNode other = new OtherNode();
        for (int device = 0; device < 4; device++) {
            Work work = new Work(3, 0, 100, one.after(5.3));
            assertThat(one.rootOf(device, work)).isEqualTo(other.rootOf(device, work));
        }
    }

    @Test
    void sameWorkAtAnotherTimeSeesOtherExamples() {
        OtherNode node = new OtherNode();

        assertThat(node.rootOf(1, new Work(3, 0, 100, node.after(5))))
                .isNotEqualTo(node.rootOf(1, new Work(3, 0, 100, node.after(5.01))));
    }
}
