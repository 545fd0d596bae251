package dev.starling.scenario;

import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.DataShape;
import dev.starling.data.ExampleNeeds;
import dev.starling.data.Featurizer;
import dev.starling.data.RawData;
import dev.starling.model.Architecture;
import dev.starling.model.LayerSpec;
import dev.starling.model.Loss;

/** The data of a scenario, with values that its model can take. */
public final class ScenarioData {

    private ScenarioData() {}

    /** As {@link DataLoader#load}, and InputException too for a value that the model cannot take. */
    public static RawData load(Scenario scenario) {
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        boolean shares = scenario.model().loss() == Loss.SIGMOID_CROSS_ENTROPY;
        if (shares || scenario.model().layers().stream().anyMatch(ScenarioData::embeds)) {
            Featurizer featurizer = raw.fitFeaturizer();
            DataShape shape = raw.shape(featurizer);
            Architecture model = Architecture.of(scenario.model(), shape.input(), shape.outputs());
            raw.require(new ExampleNeeds(model.codes(), shares), featurizer);
        }
        return raw;
    }

    private static boolean embeds(LayerSpec layer) {
        return layer instanceof LayerSpec.Marked marked
                ? embeds(marked.layer())
                : layer instanceof LayerSpec.EmbedTokens || layer instanceof LayerSpec.EmbedColumns;
    }
}
