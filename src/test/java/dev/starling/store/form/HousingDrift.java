package dev.starling.store.form;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.DataSettings;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.model.Activation;
import dev.starling.model.Architecture;
import dev.starling.model.Examples;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.LocalSettings;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import dev.starling.model.NamedModels;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A base model of house prices, trained, and the personal models that 20 phones make of it on their own houses. */
final class HousingDrift {

    static final int DEVICES = 20;

    private final FederatedData data;
    private final Architecture whole = architecture(false);
    private final Architecture head = architecture(true);
    private final Snapshot base;

    /** @param directory of the public data sets */
    HousingDrift(Path directory) {
        Seeds seeds = new Seeds(1);
        DataSettings.Csv source = new DataSettings.Csv(
                directory.resolve("housing").resolve("housing.csv"),
                ' ',
                false,
                List.of("0", "1", "2", "4", "5", "6", "7", "9", "10", "11", "12"),
                List.of("3", "8"),
                "13",
                0,
                0.2,
                1);
        DataSettings settings = new DataSettings(
                source,
                new DataSettings.LogNormal(0.5, 5),
                new DataSettings.Features(1, true, DataSettings.Categories.INDEX),
                0,
                0.5);
        RawData raw = DataLoader.load(settings, DEVICES, seeds);
        this.data = raw.featurized(raw.fitFeaturizer());
        Snapshot first = whole.initial(Initializer.HE, seeds.of(Purpose.INITIAL_MODEL));
        this.base = trained(whole, first, data.proxy(), new LocalSettings(200, 32, 0.002, 0, 0, 0, true), 0);
    }

    private static Architecture architecture(boolean headOnly) {
        List<LayerSpec> layers = new ArrayList<>();
        for (LayerSpec layer : NamedModels.layers("housing", 1)) {
            boolean last = layer.equals(new LayerSpec.Dense(1, Activation.LINEAR));
            layers.add(headOnly && !last ? new LayerSpec.Marked(layer, false, false) : layer);
        }
        return Architecture.of(new ModelSettings(layers, Loss.MSE, Initializer.HE), List.of(13), 1);
    }

    Snapshot base() {
        return base;
    }

    /** The base after {@code epochs} of plain SGD on what {@code device} owns. */
    Snapshot personal(int device, int epochs, double learningRate) {
        LocalSettings settings = new LocalSettings(epochs, 10, learningRate, 0, 0, 0, true);
        return trained(whole, base, data.training(device), settings, device);
    }

    /** As {@link #personal}, but only the last layer is trained. */
    Snapshot personalHead(int device, int epochs, double learningRate) {
        LocalSettings settings = new LocalSettings(epochs, 10, learningRate, 0, 0, 0, true);
        return trained(head, base, data.training(device), settings, device);
    }

    private static Snapshot trained(
            Architecture architecture, Snapshot from, Examples examples, LocalSettings settings, int device) {
        Snapshot start = Snapshot.of(architecture.layout(), from.floats());
        try (LocalTrainer trainer = new LocalTrainer(architecture);
                Parameters before = Parameters.of(start);
                Parameters after = Parameters.allocate(architecture.layout())) {
            var result = trainer.train(
                    before,
                    after,
                    examples,
                    settings,
                    Integer.MAX_VALUE,
                    new Seeds(device).of(Purpose.SHUFFLE, device));
            if (result.diverged()) {
                throw new IllegalStateException("device " + device + " diverged at step " + result.divergedAtStep());
            }
            return Snapshot.of(from.layout(), after.floats());
        }
    }
}
