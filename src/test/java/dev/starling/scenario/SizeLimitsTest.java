package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes that overflow in int arithmetic are told with their figures and the line of the setting. */
class SizeLimitsTest {

    @TempDir
    private Path directory;

    private List<String> told(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("x.conf"), text);
        InputException told = catchThrowableOfType(
                InputException.class, () -> ScenarioCheck.read(file, List.of(), OptionalLong.empty()));
        return told == null
                ? List.of()
                : told.problems().stream()
                        .map(Problem::toString)
                        .map(problem -> problem.replace(directory + "/", ""))
                        .toList();
    }

    @Test
    void aTensorThatIsTooLargeIsToldWithItsFigure() throws IOException {
        assertThat(told("\nmodel.network = \"mlp(100000, 100000)\""))
                .containsExactly("x.conf:2: model.network: its layer 1: has 1.0e10 parameters in one tensor,"
                        + " weight [100000, 100000], at most 268,435,455 (its input is [100000])");
        assertThat(told("model.layers = [{ type = conv, channels = 1000000, kernel = 20 }]"))
                .containsExactly("x.conf:1: model.layers[0]: has 400,000,000 parameters in one tensor,"
                        + " weight [1000000, 1, 20, 20], at most 268,435,455 (its input is [1, 28, 28])");
        assertThat(told("""
                        data.source { kind = keyboard, steps = 100 }
                        model.layers = [
                          { type = embed-tokens, vocabulary = 1000000, dimensions = 1000000 }
                        ]""")).singleElement().asString().startsWith("x.conf:3: model.layers[0]: has 1.0e12 parameters");
        assertThat(told("""
                        data.source { kind = keyboard, steps = 100 }
                        model.layers = [
                          { type = embed-tokens, dimensions = 10 }
                          { type = lstm, units = 100000, sequence = true }
                        ]"""))
                .singleElement()
                .asString()
                .startsWith("x.conf:4: model.layers[1]: has 4.0e10 parameters in one tensor, state-weight");
    }

    @Test
    void layersThatAreTooLargeTogetherAreToldAtTheFirstBeyond() throws IOException {
        assertThat(told("""
                        model.layers = [
                          { type = dense, units = 250000 }
                          { type = dense, units = 1000 }
                          { type = dense, units = 1000 }
                        ]"""))
                .containsExactly(
                        "x.conf:3: model.layers[1]: with it the model has 446,251,000 parameters, at most 268,435,455");
        assertThat(told("""
                        data.source { kind = synthetic, features = 3000 }
                        model.layers = [{ type = embed-columns, columns = [""" + columns(300) + "] }]"))
                .singleElement()
                .asString()
                .startsWith("x.conf:2: model.layers[0]: has 300,000,000 parameters, at most 268,435,455");
    }

    private static String columns(int count) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < count; i++) {
            columns.append("{ column = ").append(i).append(", categories = 1000000, dimensions = 1 }, ");
        }
        return columns.toString();
    }

    @Test
    void valuesBetweenLayersThatNoArrayHoldsAreTold() throws IOException {
        assertThat(told("model.layers = [{ type = conv, channels = 1000000, kernel = 1, padding = 0 }, "
                        + "{ type = conv, channels = 100, kernel = 1 }, { type = conv, channels = 1, kernel = 9 }]"))
                .isEmpty();
        assertThat(told("""
                        data.source { kind = keyboard, steps = 10000 }
                        model.layers = [
                          { type = embed-tokens, dimensions = 1000 }
                          { type = gru, units = 80000, sequence = false }
                        ]""")).singleElement().asString().startsWith("x.conf:4: model.layers[1]: has 1.9e10 parameters");
        assertThat(told("""
                        data.source { kind = keyboard, steps = 10000 }
                        model.layers = [
                          { type = embed-tokens, dimensions = 1000000 }
                        ]"""))
                .singleElement()
                .asString()
                .startsWith("x.conf:3: model.layers[0]: has 1.0e10 values for an example [10000, 1000000]");
    }

    @Test
    void generatedExamplesThatNoArrayHoldsAreTold() throws IOException {
        assertThat(told("data.source { kind = glyphs, train-examples = 2000000000 }"))
                .containsExactly("x.conf:1: data.source.train-examples must be at most 2739137 with data.source.kind"
                        + " = glyphs (28 x 28 values each), got 2000000000");
        assertThat(told("data.source { kind = synthetic-pool, features = 100000, pool-examples = 100000 }"))
                .containsExactly("x.conf:1: data.source.pool-examples × data.source.features must be at most"
                        + " 2147483639, got 10000000000");
        assertThat(told("""
                        data.source { kind = keyboard, examples = 2147483647, steps = 10000 }
                        fleet.devices = 100000000
                        model.network = char-lstm"""))
                .containsExactly("x.conf:2: fleet.devices × data.source.examples × data.source.steps must be at most"
                        + " 500000000, got 2147483647000000000000");
        assertThat(told("data.source { kind = synthetic, features = 1000000, classes = 1000000 }"))
                .contains("x.conf:1: data.source.classes × data.source.features must be at most 2147483639,"
                        + " got 1000000000000");
        assertThat(told("data.source { kind = synthetic, max-examples = 2147483647 }"))
                .as("only a cap")
                .isEmpty();
    }

    @Test
    void anEmbeddingWithFewerRowsThanTheTableHasCategoriesIsTold() throws IOException {
        Files.writeString(directory.resolve("t.csv"), "a,c,t\n1,x,1\n2,y,2\n3,z,3\n4,x,4\n5,y,5\n");
        String scenario = """
                data { directory = "%s", source { kind = csv, file = t.csv, numerical = [a], categorical = [c], target = t } }
                data.features.categories = index
                model.layers = [
                  { type = embed-columns, columns = [{ column = -1, categories = %d, dimensions = 2 }] }
                ]
                fleet.devices = 2
                rounds.cohort = 2
                """;
        assertThat(told(String.format(scenario, directory, 3))).isEmpty();
        assertThat(told(String.format(scenario, directory, 2)))
                .containsExactly("x.conf:3: the layer embed-columns: column -1 is embedded with 2 categories,"
                        + " column c of the data has 3");
    }
}
