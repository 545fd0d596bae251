package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Architecture;
import dev.starling.model.Initializer;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import dev.starling.model.NamedModels;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTableTest {

    @Test
    void showsLayersShapesParametersArithmeticAndBytes() {
        ModelSettings cnn = new ModelSettings(NamedModels.layers("mnist-cnn", 0), Loss.CROSS_ENTROPY, Initializer.HE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelTable.print(
                Architecture.of(cnn, List.of(1, 28, 28), 10), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "layer type output parameters FLOP/example bytes",
                        "0 convolution 32×28×28 832 1,254,400 3.33 kB",
                        "5 dense 512 1,606,144 3,211,264 6.42 MB",
                        "total 1,663,370 24,546,304 6.65 MB 72,384,512 FLOP/example to train")
                .noneMatch(line -> line.contains("reorder"));
    }
}
