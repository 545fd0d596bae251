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
import dev.starling.model.NamedModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the block {@code model}. */
final class ModelReader {

    private static final List<String> NETWORKS =
            Stream.concat(Stream.of("logistic"), NamedModels.NAMES.stream()).toList();

    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)\\s*(?:\\(.*\\))?");

    /** 0 units: as many as the data has classes or targets, which only the data can tell. */
    static final LayerSpec OUTPUT = new Dense(0, Activation.LINEAR);

    private final Reading reading;
    private final Section model;
    private final Path directory;

    ModelReader(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
        this.model = reading.section("model");
    }

    ModelSettings read(DataSettings data) {
        Loss byData = DataRules.numbersToPredict(data) ? Loss.MSE : Loss.CROSS_ENTROPY;
        return new ModelSettings(
                layers(), model.read("loss", Values.choice(Loss.class).orAuto()).orElse(byData), initializer());
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

    private List<LayerSpec> layers() {
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
        return List.of(OUTPUT);
    }

    /** The models of {@link NamedModels}, and logistic: no hidden layer. Sizes that only the data tells are left open. */
    private static Conversion<List<LayerSpec>> network() {
        Conversion<String> text = Values.text();
        return new Conversion<>(
                value -> {
                    String network = text.of(value).strip();
                    if (network.equals("logistic")) {
                        return List.of(OUTPUT);
                    }
                    Matcher form = NAME.matcher(network);
                    if (!form.matches() || NETWORKS.stream().noneMatch(known -> sameModel(known, form.group(1)))) {
                        throw new Unfit("one of " + String.join(", ", NETWORKS));
                    }
                    try {
                        return NamedModels.layers(network, 0);
                    } catch (IllegalArgumentException e) {
                        String rule = String.valueOf(e.getMessage()).replaceFirst(", got .*", "");
                        throw new Unfit("a model with fitting arguments (" + rule + ")");
                    }
                },
                List.of(OUTPUT));
    }

    private static boolean sameModel(String known, String name) {
        return known.equals(name) || known.startsWith(name + "(");
    }
}
