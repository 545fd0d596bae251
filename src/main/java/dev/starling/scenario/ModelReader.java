package dev.starling.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import dev.starling.data.DataSettings;
import dev.starling.model.Activation;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the block {@code model}. */
final class ModelReader {

    static final int MAX_UNITS = 1_000_000;

    private static final Pattern MLP = Pattern.compile("mlp\\(\\s*(\\d{1,7}(?:\\s*,\\s*\\d{1,7})*)\\s*\\)");

    /** 0 units: as many as the data has classes or targets, which only the data can tell. */
    private static final LayerSpec OUTPUT = new Dense(0, Activation.LINEAR);

    private final Reading reading;
    private final Section model;
    private final Path directory;

    ModelReader(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
        this.model = reading.section("model");
    }

    ModelSettings read(DataSettings data) {
        List<LayerSpec> layers = new ArrayList<>(hiddenLayers());
        layers.add(OUTPUT);
        Loss byData = DataRules.numbersToPredict(data) ? Loss.MSE : Loss.CROSS_ENTROPY;
        return new ModelSettings(
                layers, model.read("loss", Values.choice(Loss.class).orAuto()).orElse(byData), initializer());
    }

    /** Not even read beside a first base model from a file, so that the scenario's text does not name both. */
    private Initializer initializer() {
        if (!model.given("init-from")) {
            return model.read("init", Values.choice(Initializer.class));
        }
        if (model.given("init")) {
            reading.fail(model.path("init"), "model.init must be left out where model.init-from is given");
        }
        return Initializer.HE;
    }

    Optional<Path> initialModel() {
        return model.readOptional("init-from", Values.file(directory));
    }

    private List<LayerSpec> hiddenLayers() {
        if (!model.given("layers")) {
            return model.read("network", network());
        }
        if (model.given("network")) {
            reading.fail(model.path("network"), "model.network must be left out where model.layers is given");
        }
        ConfigValue layers = model.raw("layers").orElseThrow();
        if (layers instanceof ConfigList list) {
            return new LayerReader(reading, model.path("layers")).read(list);
        }
        model.fail("layers", "a list [ ... ]", layers);
        return List.of();
    }

    private static Conversion<List<LayerSpec>> network() {
        String rule =
                "logistic or a list of hidden layers such as \"mlp(200, 200)\" with 1 to " + MAX_UNITS + " units each";
        Conversion<String> text = Values.text();
        return new Conversion<>(
                value -> {
                    String network = text.of(value).strip();
                    if (network.equals("logistic")) {
                        return List.of();
                    }
                    Matcher mlp = MLP.matcher(network);
                    if (!mlp.matches()) {
                        throw new Unfit(rule);
                    }
                    List<Integer> units = Arrays.stream(mlp.group(1).split(","))
                            .map(String::strip)
                            .map(Integer::valueOf)
                            .toList();
                    if (units.stream().anyMatch(count -> count < 1 || count > MAX_UNITS)) {
                        throw new Unfit(rule);
                    }
                    return units.stream()
                            .<LayerSpec>map(count -> new Dense(count, Activation.RELU))
                            .toList();
                },
                List.of());
    }
}
