package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelTreeTest {

    private static Snapshot model(List<TensorSpec> tensors) {
        TensorLayout layout = new TensorLayout(tensors);
        float[] values = new float[layout.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 997;
        }
        return Snapshot.of(layout, values);
    }

    private static Snapshot with(Snapshot model, int... changed) {
        float[] values = model.toFloats();
        for (int at : changed) {
            values[at] += 1;
        }
        return Snapshot.of(model.layout(), values);
    }

    private static ModelDiff diff(Snapshot before, Snapshot after) {
        return ModelTree.diff(ModelTree.of(before), ModelTree.of(after));
    }

    @Test
    void theSameModelIsToldByOneComparison() {
        Snapshot model = model(List.of(new TensorSpec("a", List.of(3)), new TensorSpec("b", List.of(200_000))));
        assertThat(diff(model, with(model))).isEqualTo(new ModelDiff(List.of(), 1));
        assertThat(diff(model, model).text()).isEqualTo("no tensor differs");
    }

    @Test
    void onlySubtreesThatDifferAreOpened() {
        List<TensorSpec> tensors = new ArrayList<>();
        IntStream.range(0, 1024).forEach(i -> tensors.add(new TensorSpec("t" + i, List.of(2))));
        Snapshot model = model(tensors);
        ModelDiff diff = diff(model, with(model, 2 * 700));
        assertThat(diff.changes()).extracting(TensorChange::name).containsExactly("t700");
        // Root, then two children at each of ten levels, then the tensor's only chunk.
        assertThat(diff.compared()).isEqualTo(1 + 2 * 10 + 1);
    }

    @Test
    void everyChangedTensorAndNoOtherIsFound() {
        for (int count = 1; count <= 19; count++) {
            List<TensorSpec> tensors = new ArrayList<>();
            IntStream.range(0, count).forEach(i -> tensors.add(new TensorSpec("t" + i, List.of(2))));
            Snapshot model = model(tensors);
            for (int mask = 0; mask < 1 << Math.min(count, 9); mask++) {
                int bits = mask;
                int[] changed = IntStream.range(0, count)
                        .filter(i -> (bits >> (i % 9) & 1) != 0)
                        .toArray();
                List<String> found =
                        diff(
                                        model,
                                        with(
                                                model,
                                                IntStream.of(changed)
                                                        .map(i -> 2 * i + 1)
                                                        .toArray()))
                                .changes()
                                .stream()
                                .map(TensorChange::name)
                                .toList();
                assertThat(found)
                        .isEqualTo(IntStream.of(changed).mapToObj(i -> "t" + i).toList());
            }
        }
    }

    @Test
    void ofLargeTensorsTheChangedChunksAreTold() {
        int chunk = 65_536;
        Snapshot model = model(List.of(new TensorSpec("s", List.of(5)), new TensorSpec("l", List.of(5 * chunk + 10))));
        ModelDiff diff = diff(model, with(model, 5 + chunk, 5 + 3 * chunk - 1, 5 + 5 * chunk + 9));
        assertThat(diff.changes()).hasSize(1);
        assertThat(diff.changes().get(0).ranges())
                .containsExactly(new ValueRange(chunk, 3 * chunk), new ValueRange(5 * chunk, 5 * chunk + 10));
        assertThat(diff.text()).isEqualTo("~ l [327690] values 65536 to 196607, 327680 to 327689");
    }

    @Test
    void tensorsThatCameWentOrChangedShapeAreTold() {
        Snapshot before = model(List.of(
                new TensorSpec("a", List.of(2)),
                new TensorSpec("gone", List.of(3)),
                new TensorSpec("s", List.of(2, 3))));
        Snapshot after = Snapshot.of(
                new TensorLayout(List.of(
                        new TensorSpec("a", List.of(2)),
                        new TensorSpec("new", List.of(1)),
                        new TensorSpec("s", List.of(3, 2)),
                        new TensorSpec("t", List.of(1)))),
                new float[] {0, 1, 7, 5, 6, 7, 8, 9, 10, 3});
        assertThat(diff(before, after).text()).isEqualTo("+ new [1]\n~ s [2, 3] -> [3, 2]\n+ t [1]\n- gone [3]");
    }
}
