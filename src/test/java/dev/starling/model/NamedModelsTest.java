package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedModelsTest {

    private static Architecture architecture(String name, List<Integer> input, int outputs) {
        return Architecture.of(
                new ModelSettings(NamedModels.layers(name, outputs), Loss.CROSS_ENTROPY, Initializer.HE),
                input,
                outputs);
    }

    @Test
    void haveTheSizesOfTheirPapers() {
        assertThat(architecture("mlp(200,200)", List.of(784), 10).layout().count())
                .isEqualTo(199_210);
        assertThat(architecture("mnist-cnn", List.of(1, 28, 28), 10).layout().count())
                .isEqualTo(1_663_370);
        assertThat(architecture("housing", List.of(13), 1).layout().count()).isEqualTo(3_378);
        assertThat(architecture("lenet", List.of(1, 28, 28), 10).layout().count())
                .isEqualTo(61_706);
        // 269,722 with parameter-free shortcuts (the paper's option A), and two projections with their norms
        assertThat(architecture("resnet20", List.of(3, 32, 32), 10).layout().count())
                .isEqualTo(269_722 + 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64);
        assertThat(architecture("resnet18", List.of(3, 32, 32), 10).layout().count())
                .isEqualTo(11_173_962);
    }

    @Test
    void mnistCnnTakes724MillionOperationsAStep() {
        Architecture cnn = architecture("mnist-cnn", List.of(1, 28, 28), 10);
        assertThat(cnn.flopsPerExample() * 10 / 1e6).isCloseTo(724, within(1.0));
    }

    @Test
    void tableListsShapesAndParameters() {
        List<LayerRow> table = architecture("mnist-cnn", List.of(1, 28, 28), 10).table();
        assertThat(table)
                .extracting(LayerRow::kind)
                .containsExactly("convolution", "max-pool", "convolution", "max-pool", "reorder", "dense", "dense");
        assertThat(table.get(2))
                .isEqualTo(new LayerRow(2, "convolution", List.of(64, 14, 14), 51_264, true, 2.0 * 196 * 64 * 800));
        assertThat(table.stream().mapToInt(LayerRow::parameters).sum()).isEqualTo(1_663_370);
    }

    @Test
    void characterModelReadsItsOwnAlphabet() {
        Architecture reader = architecture("char-lstm(32)", List.of(20), 40);
        assertThat(reader.layout().tensors().get(0)).isEqualTo(new TensorSpec("0.embed-tokens.weight", List.of(40, 8)));
        assertThat(reader.outputs()).isEqualTo(40);
        Architecture sizedByData = Architecture.of(
                new ModelSettings(NamedModels.layers("char-lstm(32)", 0), Loss.CROSS_ENTROPY, Initializer.HE),
                List.of(20),
                40);
        assertThat(sizedByData.layout()).isEqualTo(reader.layout());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> NamedModels.layers("resnet50", 10)).hasMessageContaining("resnet20");
        assertThatThrownBy(() -> NamedModels.layers("mlp(200,x)", 10)).hasMessageContaining("mlp(200,x)");
        assertThatThrownBy(() -> NamedModels.layers("mlp(200,0)", 10)).hasMessageContaining(">= 1");
        assertThatThrownBy(() -> NamedModels.layers("lenet(3)", 10)).hasMessageContaining("no argument");
        assertThatThrownBy(() -> NamedModels.layers("resnet20(layer)", 10)).hasMessageContaining("group or batch");
    }
}
