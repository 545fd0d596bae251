package dev.starling.model;

import static dev.starling.model.Activation.GELU;
import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.SIGMOID;
import static dev.starling.model.Activation.TANH;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.LayerSpec.BatchNorm;
import dev.starling.model.LayerSpec.Convolution;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.LayerSpec.EmbeddedColumn;
import dev.starling.model.kernel.Kernels;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and loss: gradients against differences of the loss, over random shapes and seeds. */
class LayerGradientTest {

    /** A model drawn from a seed. */
    record Case(String name, Loss loss, boolean tokens, Function<Rng, Drawn> draw) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Layers in front of the last dense one. */
    record Drawn(List<Integer> input, List<LayerSpec> layers) {}

    @BeforeAll
    static void start() {
        Backend.start();
    }

    private static int odd(Rng rng, int low, int high) {
        return low + rng.nextInt(high - low + 1);
    }

    private static List<Integer> image(Rng rng) {
        return List.of(odd(rng, 1, 5), odd(rng, 5, 9), odd(rng, 5, 9));
    }

    static Stream<Case> cases() {
        return Stream.of(
                images(
                        "convolution",
                        rng -> List.of(
                                new Convolution(odd(rng, 1, 7), odd(rng, 1, 3), odd(rng, 1, 2), 0, true, TANH),
                                new Convolution(odd(rng, 1, 19), 2, 1, 1, false, LINEAR))),
                images(
                        "padded convolution",
                        rng -> List.of(
                                new Convolution(odd(rng, 1, 17), 3, odd(rng, 1, 2), odd(rng, 0, 2), true, GELU),
                                new Convolution(3, 1, 1, 0, true, SIGMOID))),
                images(
                        "maximum",
                        rng -> List.of(
                                new Convolution(odd(rng, 1, 18), 2, 1, 0, true, LINEAR),
                                new LayerSpec.MaxPool(odd(rng, 1, 3), odd(rng, 1, 3)))),
                images(
                        "mean",
                        rng -> List.of(
                                new Convolution(odd(rng, 1, 18), 2, 1, 0, true, TANH),
                                new LayerSpec.AveragePool(odd(rng, 1, 3), odd(rng, 1, 3)),
                                new LayerSpec.Flatten())),
                images(
                        "batch norm",
                        rng -> List.of(
                                new Convolution(odd(rng, 1, 17), 2, 1, 0, false, LINEAR),
                                new BatchNorm(false),
                                new LayerSpec.Activate(TANH),
                                new Convolution(odd(rng, 1, 5), 2, 1, 0, false, LINEAR),
                                new BatchNorm(true))),
                images(
                        "group norm",
                        rng -> List.of(
                                new Convolution(6, 2, 1, 0, false, LINEAR),
                                new LayerSpec.GroupNorm(odd(rng, 1, 3)),
                                new LayerSpec.Activate(SIGMOID),
                                new Convolution(4, 2, 1, 0, false, LINEAR),
                                new LayerSpec.GroupNorm(2),
                                new LayerSpec.Activate(GELU))),
                images(
                        "identity block",
                        rng -> List.of(
                                new Convolution(4, 2, 1, 0, false, LINEAR),
                                new LayerSpec.Residual(
                                        List.of(
                                                new Convolution(5, 3, 1, 1, true, TANH),
                                                new Convolution(4, 3, 1, 1, true, LINEAR)),
                                        List.of(),
                                        GELU))),
                images(
                        "projection block in front",
                        rng -> List.of(
                                new LayerSpec.Residual(
                                        List.of(
                                                new Convolution(5, 3, 2, 1, true, TANH),
                                                new Convolution(7, 3, 1, 1, true, LINEAR)),
                                        List.of(new Convolution(7, 1, 2, 0, false, LINEAR)),
                                        TANH),
                                new LayerSpec.Residual(
                                        List.of(new Convolution(7, 3, 1, 1, false, LINEAR), new BatchNorm(false)),
                                        List.of(new Convolution(7, 1, 1, 0, false, LINEAR), new LayerSpec.GroupNorm(7)),
                                        LINEAR))),
                images(
                        "dropout",
                        rng -> List.of(
                                new Convolution(3, 2, 1, 0, true, TANH),
                                new LayerSpec.Dropout(0.3),
                                new Dense(9, TANH),
                                new LayerSpec.Dropout(0.5))),
                new Case(
                        "dense block",
                        Loss.HUBER,
                        false,
                        rng -> new Drawn(
                                List.of(6),
                                List.of(
                                        new LayerSpec.Residual(
                                                List.of(new Dense(9, GELU), new Dense(6, LINEAR)), List.of(), TANH),
                                        new LayerSpec.BatchNorm(false)))),
                new Case(
                        "sigmoid cross-entropy",
                        Loss.SIGMOID_CROSS_ENTROPY,
                        false,
                        rng -> new Drawn(List.of(odd(rng, 1, 9)), List.of(new Dense(5, GELU)))),
                new Case(
                        "columns",
                        Loss.MSE,
                        true,
                        rng -> new Drawn(
                                List.of(5),
                                List.of(
                                        new LayerSpec.EmbedColumns(
                                                List.of(new EmbeddedColumn(3, 7, 2), new EmbeddedColumn(0, 8, 3))),
                                        new Dense(6, TANH)))),
                new Case(
                        "lstm",
                        Loss.CROSS_ENTROPY,
                        true,
                        rng -> new Drawn(
                                List.of(odd(rng, 1, 6)),
                                List.of(
                                        new LayerSpec.EmbedTokens(7, odd(rng, 1, 5)),
                                        new LayerSpec.Lstm(odd(rng, 1, 9), true),
                                        new LayerSpec.Lstm(odd(rng, 1, 9), false)))),
                new Case(
                        "gru",
                        Loss.CROSS_ENTROPY,
                        true,
                        rng -> new Drawn(
                                List.of(odd(rng, 1, 6)),
                                List.of(
                                        new LayerSpec.EmbedTokens(7, odd(rng, 1, 5)),
                                        new LayerSpec.Gru(odd(rng, 1, 9), true),
                                        new LayerSpec.Gru(odd(rng, 1, 9), odd(rng, 0, 1) == 0)))));
    }

    private static Case images(String name, Function<Rng, List<LayerSpec>> layers) {
        return new Case(name, Loss.CROSS_ENTROPY, false, rng -> new Drawn(image(rng), layers.apply(rng)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsTheSlopeOfTheLoss(Case drawnCase) {
        for (long seed = 1; seed <= 6; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.PARTITION);
            Drawn drawn = drawnCase.draw().apply(rng);
            int outputs = 2 + rng.nextInt(4);
            List<LayerSpec> layers = Stream.concat(drawn.layers().stream(), Stream.of(new Dense(outputs, LINEAR)))
                    .toList();
            Architecture architecture = Architecture.of(
                    new ModelSettings(layers, drawnCase.loss(), Initializer.GLOROT), drawn.input(), outputs);
            boolean dense = drawn.input().size() == 1;
            int rows = dense && drawnCase.name().equals("dense block") ? 5 : seed == 3 ? 1 : 1 + rng.nextInt(6);
            ArrayExamples examples = TestModels.examples(architecture, rows, seed);
            if (drawnCase.tokens()) {
                IntStream.range(0, examples.features().length).forEach(i -> examples.features()[i] = rng.nextInt(7));
            }
            if (drawnCase.loss() == Loss.SIGMOID_CROSS_ENTROPY) {
                IntStream.range(0, examples.answers().length).forEach(i -> examples.answers()[i] = rng.nextInt(2));
            }
            GradientCheck.check(architecture, examples, seed, Kernels.fastest());
            GradientCheck.check(architecture, examples, seed, Kernels.plain());
        }
    }
}
