package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final TensorLayout LAYOUT =
            new TensorLayout(List.of(new TensorSpec("weight", List.of(2, 3)), new TensorSpec("bias", List.of(2))));

    @Test
    void tensorsAreViewsIntoOneVector() {
        try (Parameters parameters = Parameters.of(Snapshot.of(LAYOUT, new float[] {0, 1, 2, 3, 4, 5, 6, 7}))) {
            assertThat(parameters.vector().toFloatVector()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(parameters.tensor("weight").shape()).containsExactly(2, 3);
            assertThat(parameters.tensor("weight").getFloat(1, 0)).isEqualTo(3f);
            parameters.tensor("bias").putScalar(1, 70f);
            assertThat(parameters.floats().get(7)).isEqualTo(70f);
            assertThat(parameters.snapshot().toFloats()).containsExactly(0, 1, 2, 3, 4, 5, 6, 70);
            assertThatThrownBy(() -> parameters.tensor("scale")).hasMessageContaining("scale");
        }
    }

    @Test
    void valuesStartOnACacheLineAndAreZero() {
        List<Parameters> all = new ArrayList<>();
        for (int i = 1; i < 40; i++) {
            TensorLayout layout = new TensorLayout(List.of(new TensorSpec("t", List.of(i))));
            Parameters parameters = Parameters.allocate(layout);
            all.add(parameters);
            assertThat(parameters.memory().address(0) % 64).isZero();
            assertThat(parameters.snapshot().toFloats()).containsOnly(0f).hasSize(i);
        }
        all.forEach(Parameters::close);
    }

    @Test
    void copiesAreIndependent() {
        try (Parameters one = Parameters.of(Snapshot.of(LAYOUT, new float[8]));
                Parameters other = Parameters.of(Snapshot.of(LAYOUT, new float[] {1, 2, 3, 4, 5, 6, 7, 8}))) {
            one.copyFrom(other);
            other.floats().put(0, 9f);
            assertThat(one.snapshot().toFloats()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }
}
