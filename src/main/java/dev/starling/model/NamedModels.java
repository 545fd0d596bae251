package dev.starling.model;

import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.RELU;
import static dev.starling.model.Activation.TANH;

import dev.starling.model.LayerSpec.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Models that a scenario can ask for by name, with arguments in brackets: {@code mlp(200,200)}. */
public final class NamedModels {

    /** What can be asked for, for messages and manuals. */
    public static final List<String> NAMES = List.of(
            "mlp(200,200)",
            "mnist-cnn",
            "lenet",
            "resnet20",
            "resnet20(batch)",
            "resnet18",
            "resnet18(batch)",
            "housing",
            "char-lstm",
            "char-lstm(256)");

    private static final Pattern FORM = Pattern.compile("\\s*([a-z0-9-]+)\\s*(?:\\(([^)]*)\\))?\\s*");

    private NamedModels() {}

    /**
     * Layers of model {@code text}, the output layer for {@code outputs} classes or targets included (0: as many as the
     * data has); {@link IllegalArgumentException} if there is no such model or its arguments do not fit.
     */
    public static List<LayerSpec> layers(String text, int outputs) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw unknown(text);
        }
        String argument = form.group(2) == null ? "" : form.group(2).strip();
        return switch (form.group(1)) {
            case "mlp" -> perceptron(text, argument, outputs);
            case "mnist-cnn" -> without(text, argument, mnistCnn(outputs));
            case "lenet" -> without(text, argument, lenet(outputs));
            case "resnet20" -> ResidualNetworks.resnet20(batchNorm(text, argument), outputs);
            case "resnet18" -> ResidualNetworks.resnet18(batchNorm(text, argument), outputs);
            case "housing" -> without(text, argument, housing(outputs));
            case "char-lstm" -> charLstm(argument.isEmpty() ? 256 : positive(text, argument), outputs);
            default -> throw unknown(text);
        };
    }

    private static List<LayerSpec> perceptron(String text, String argument, int outputs) {
        List<LayerSpec> layers = new ArrayList<>();
        for (String units : argument.split(",", -1)) {
            layers.add(new Dense(positive(text, units.strip()), RELU));
        }
        layers.add(new Dense(outputs, LINEAR));
        return layers;
    }

    /** The CNN of McMahan et al., AISTATS 2017, section 3: 1,663,370 parameters for 10 classes. */
    private static List<LayerSpec> mnistCnn(int outputs) {
        return List.of(
                new LayerSpec.Convolution(32, 5, 1, 2, true, RELU),
                new LayerSpec.MaxPool(2, 2),
                new LayerSpec.Convolution(64, 5, 1, 2, true, RELU),
                new LayerSpec.MaxPool(2, 2),
                new LayerSpec.Flatten(),
                new Dense(512, RELU),
                new Dense(outputs, LINEAR));
    }

    /** LeNet-5 (LeCun et al., Proc. IEEE 1998) with all maps connected and a softmax at the end. */
    private static List<LayerSpec> lenet(int outputs) {
        return List.of(
                new LayerSpec.Convolution(6, 5, 1, 2, true, TANH),
                new LayerSpec.AveragePool(2, 2),
                new LayerSpec.Convolution(16, 5, 1, 0, true, TANH),
                new LayerSpec.AveragePool(2, 2),
                new LayerSpec.Flatten(),
                new Dense(120, TANH),
                new Dense(84, TANH),
                new Dense(outputs, LINEAR));
    }

    /** Numerical columns, eleven in the original, then two categorical ones of 2 and 9 values. */
    private static List<LayerSpec> housing(int outputs) {
        return List.of(
                new LayerSpec.EmbedColumns(
                        List.of(new LayerSpec.EmbeddedColumn(-2, 2, 2), new LayerSpec.EmbeddedColumn(-1, 9, 5))),
                new Dense(64, RELU),
                new Dense(32, RELU),
                new Dense(outputs, LINEAR));
    }

    /** Two layers over characters, as McMahan et al. 2017 read Shakespeare; as many characters as outputs. */
    private static List<LayerSpec> charLstm(int units, int outputs) {
        return List.of(
                new LayerSpec.EmbedTokens(outputs, 8),
                new LayerSpec.Lstm(units, true),
                new LayerSpec.Lstm(units, false),
                new Dense(outputs, LINEAR));
    }

    private static boolean batchNorm(String text, String argument) {
        if (!argument.isEmpty() && !argument.equals("batch") && !argument.equals("group")) {
            throw new IllegalArgumentException("the argument must be group or batch, got " + text);
        }
        return argument.equals("batch");
    }

    private static int positive(String text, String number) {
        if (!number.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("units must be whole numbers >= 1, got " + text);
        }
        return Integer.parseInt(number);
    }

    private static List<LayerSpec> without(String text, String argument, List<LayerSpec> layers) {
        if (!argument.isEmpty()) {
            throw new IllegalArgumentException("takes no argument, got " + text);
        }
        return layers;
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("no model is called " + text + "; there are " + String.join(", ", NAMES));
    }
}
