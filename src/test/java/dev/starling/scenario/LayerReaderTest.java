package dev.starling.scenario;

import static dev.starling.model.Activation.GELU;
import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.RELU;
import static dev.starling.model.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.NamedModels;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.Layer;
import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest {

    private static final Dense OUTPUT = new Dense(0, LINEAR);

    private static List<LayerSpec> layers(String list) {
        return Told.scenario("model.layers = [" + list + "]").model().layers();
    }

    @Test
    void everyTypeOfLayerIsRead() {
        assertThat(layers("""
                        { type = dense, units = 5, activation = tanh }
                        { type = conv, channels = 8, kernel = 3, stride = 2, padding = 1, bias = false, activation = linear }
                        { type = conv, channels = 8, kernel = 3 }
                        { type = max-pool, size = 2 }, { type = average-pool, size = 3, stride = 1 }
                        { type = global-average-pool }
                        { type = batch-norm, statistics = personal }, { type = batch-norm }
                        { type = group-norm, groups = 4 }
                        { type = dropout, rate = 0.5 }
                        { type = flatten }
                        { type = activation, activation = gelu }
                        { type = embed-columns, columns = [{ column = 3, categories = 2, dimensions = 2 }] }
                        { type = embed-tokens, vocabulary = 40, dimensions = 8 }, { type = embed-tokens, dimensions = 8 }
                        { type = gru, units = 6, sequence = true }, { type = lstm, units = 7 }
                        """))
                .containsExactly(
                        new Dense(5, TANH),
                        new LayerSpec.Convolution(8, 3, 2, 1, false, LINEAR),
                        new LayerSpec.Convolution(8, 3, 1, 0, true, RELU),
                        new LayerSpec.MaxPool(2, 2),
                        new LayerSpec.AveragePool(3, 1),
                        new LayerSpec.GlobalAveragePool(),
                        new LayerSpec.BatchNorm(true),
                        new LayerSpec.BatchNorm(false),
                        new LayerSpec.GroupNorm(4),
                        new LayerSpec.Dropout(0.5),
                        new LayerSpec.Flatten(),
                        new LayerSpec.Activate(GELU),
                        new LayerSpec.EmbedColumns(List.of(new LayerSpec.EmbeddedColumn(3, 2, 2))),
                        new LayerSpec.EmbedTokens(40, 8),
                        new LayerSpec.EmbedTokens(0, 8),
                        new LayerSpec.Gru(6, true),
                        new LayerSpec.Lstm(7, false),
                        OUTPUT);
    }

    @Test
    void residualBlocksNestAndAnyLayerCanBeMarked() {
        assertThat(layers("""
                        { type = residual, trainable = false
                          body = [{ type = conv, channels = 8, kernel = 3, padding = 1, sharing = personal }]
                          shortcut = [{ type = conv, channels = 8, kernel = 1 }] }
                        """))
                .containsExactly(
                        new LayerSpec.Marked(
                                new LayerSpec.Residual(
                                        List.of(new LayerSpec.Marked(
                                                new LayerSpec.Convolution(8, 3, 1, 1, true, RELU), true, true)),
                                        List.of(new LayerSpec.Convolution(8, 1, 1, 0, true, RELU)),
                                        RELU),
                                false,
                                false),
                        OUTPUT);
    }

    @Test
    void theLastLayerCanSayThatItIsTheOutput() {
        assertThat(layers("{ type = dense, units = 5 }, { type = dense, output = true }"))
                .containsExactly(new Dense(5, RELU), OUTPUT);
        assertThat(layers("{ type = dense, units = 10, output = true, activation = tanh, trainable = false }"))
                .containsExactly(new LayerSpec.Marked(new Dense(10, TANH), false, false));
        assertThat(layers("{ type = global-average-pool, output = true }"))
                .containsExactly(new LayerSpec.GlobalAveragePool());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type = conv, channels = 8 } | [0].kernel is required",
                "{ type = conv, channels = 8, kernel = 0 } | [0].kernel must be between 1 and 1000, got 0",
                "{ type = conv, channels = 8, kernel = 3, chanels = 9 } | [0].chanels is not a known setting; did you mean channels?",
                "{ type = flatten, rate = 1 } | [0].rate is not a known setting; a flatten layer has output, type, trainable, sharing",
                "{ type = dropout, rate = 1 } | [0].rate must be at least 0 and below 1, got 1",
                "{ type = gru, units = 5, sequence = some } | [0].sequence must be true or false, got \"some\"",
                "{ type = dense, units = 5, sharing = privat } | [0].sharing must be one of shared, personal, got \"privat\"",
                "{ type = dense, units = 5, trainable = 3 } | [0].trainable must be true or false, got 3",
                "{ type = dense, output = true }, { type = flatten } | [0].output must be true in the last layer only",
                "{ type = residual, body = 3 } | [0].body must be a list [ ... ], got 3",
                "{ type = residual, body = [3] } | [0].body[0] must be a block such as { type = dense, units = 200 }, got 3",
                "{ type = residual, body = [{ type = dens, units = 3 }] } | [0].body[0].type must be one of dense, conv, max-pool, average-pool, global-average-pool, batch-norm, group-norm, dropout, flatten, activation, residual, embed-columns, embed-tokens, gru, lstm, custom, got \"dens\"; did you mean dense?",
                "{ type = residual, body = [{ type = dense, units = 3, output = true }] } | [0].body[0].output is not a known setting; a dense layer has type, units, activation, trainable, sharing",
                "{ type = embed-columns, columns = [{ column = 1, categories = 3, dimension = 2 }] } | [0].columns[0].dimensions is required",
                "{ type = custom, class = no.such.Layer } | [0].class must be a class on the class path, got \"no.such.Layer\"",
                "{ type = custom, class = java.lang.Object } | [0].class must be a class that implements LayerSpec.Custom, got \"java.lang.Object\"",
                "{ type = custom, class = java.lang.Math } | [0].class must be a public class with a public constructor (), got \"java.lang.Math\"",
            })
    void problemsOfLayersAreToldWithTheirPlace(String layers, String message) {
        assertThat(Told.about("\nmodel.layers = [" + layers + "]")).contains("x.conf:2: model.layers" + message);
    }

    /** As users write them: public, with a public constructor. */
    public record Shift(Map<String, String> settings) implements LayerSpec.Custom {

        public Shift() {
            this(Map.of());
        }

        @Override
        public LayerPlan plan(Signal input) {
            return new LayerPlan() {
                @Override
                public String kind() {
                    return "shift";
                }

                @Override
                public Signal output() {
                    return input;
                }

                @Override
                public Layer create(Kernels kernels, int offset) {
                    throw new UnsupportedOperationException("only read here");
                }
            };
        }
    }

    @Test
    void layersOfUsersAreMadeByName() {
        String type = "type = custom, class = \"" + Shift.class.getName() + "\"";

        assertThat(layers("{ " + type + " }")).containsExactly(new Shift(), OUTPUT);
        assertThat(layers("{ " + type + ", settings { by = 3 } }"))
                .containsExactly(new Shift(Map.of("by", "3")), OUTPUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mlp(7)", "mnist-cnn", "lenet", "resnet20", "resnet20(batch)", "resnet18(group)", "char-lstm(9)"
            })
    void modelsAreReadByName(String name) {
        assertThat(Told.scenario("model.network = \"" + name + "\"").model().layers())
                .isEqualTo(NamedModels.layers(name, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "resnet2 | one of logistic, mlp(200,200), mnist-cnn, lenet, resnet20, resnet20(batch), resnet18, resnet18(batch), housing, char-lstm, char-lstm(256), got \"resnet2\"; did you mean resnet20?",
                "resnet20(layer) | a model with fitting arguments (the argument must be group or batch), got \"resnet20(layer)\"",
                "lenet(5) | a model with fitting arguments (takes no argument), got \"lenet(5)\"",
            })
    void modelsThatThereAreNotAreTold(String name, String message) {
        assertThat(Told.about("\nmodel.network = \"" + name + "\""))
                .containsExactly("x.conf:2: model.network must be " + message);
    }
}
