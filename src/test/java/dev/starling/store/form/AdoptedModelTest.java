package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptedModelTest {

    private static Snapshot values(float... values) {
        return Snapshot.of(new TensorLayout(List.of(new TensorSpec("w", List.of(values.length)))), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void thePayloadDecodesToPreciselyTheAdoptedModel(int bits) {
        for (long seed = 0; seed < 300; seed++) {
            RandomModels random = new RandomModels(seed);
            Snapshot base = random.normal(random.layout(300));
            Snapshot trained = random.trained(base, Math.pow(10, -(double) (seed % 40)));
            AdoptedModel adopted = AdoptedModel.adopt(base, trained, bits);
            assertThat(VersionCodec.decodeDelta(adopted.payload().toArray(), base))
                    .as("seed %d", seed)
                    .isEqualTo(adopted.model());
        }
    }

    /** Half a level is the largest change over 127 · 2; the sum of base and change is rounded on top of it. */
    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void noValueMovesByMoreThanHalfALevel(int bits) {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("w", List.of(5000))));
        RandomModels random = new RandomModels(5);
        Snapshot base = random.normal(layout);
        Snapshot trained = random.trained(base, 0.01);
        double largest = 0;
        for (int i = 0; i < 5000; i++) {
            largest = Math.max(largest, Math.abs((double) trained.toFloats()[i] - base.toFloats()[i]));
        }
        double half = largest / ((1 << bits) - 2);
        Snapshot adopted = AdoptedModel.adopt(base, trained, bits).model();
        for (int i = 0; i < 5000; i++) {
            assertThat((double) adopted.toFloats()[i]).isCloseTo(trained.toFloats()[i], within(half * 1.0001 + 1e-7));
        }
    }

    @Test
    void levelsAreThoseOfTheClosedForm() {
        // Scale 1.27 / 127 = 0.01 (as float32): levels 127, 50, -1, 0.
        Snapshot adopted = AdoptedModel.adopt(values(0, 0, 0, 8), values(1.27f, 0.504f, -0.006f, 8), 8)
                .model();
        double scale = (float) (1.27f / 127.0);
        assertThat(adopted.toFloats()).containsExactly((float) (127 * scale), (float) (50 * scale), (float) -scale, 8f);
    }

    @Test
    void whatDidNotChangeKeepsItsBits() {
        Snapshot base = values(Float.NaN, -0f, Float.POSITIVE_INFINITY, 1);
        assertThat(AdoptedModel.adopt(base, base, 8).model()).isEqualTo(base);
        Snapshot adopted = AdoptedModel.adopt(base, values(Float.NaN, -0f, Float.POSITIVE_INFINITY, 2), 8)
                .model();
        assertThat(adopted).isEqualTo(values(Float.NaN, -0f, Float.POSITIVE_INFINITY, 2));
    }

    @Test
    void theSmallestChangesOfAllAreNotLost() {
        Snapshot trained = values(Float.MIN_VALUE, -3 * Float.MIN_VALUE);
        assertThat(AdoptedModel.adopt(values(0, 0), trained, 8).model()).isEqualTo(trained);
    }

    @Test
    void changesThatAreNotFiniteAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> AdoptedModel.adopt(values(1, 2, 3), values(1, 2, Float.NaN), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor w changed from 3.0 to NaN at 2: only finite changes can be rounded");
        assertThatThrownBy(() -> AdoptedModel.adopt(values(1, Float.NEGATIVE_INFINITY), values(1, 2), 8))
                .hasMessageContaining("from -Infinity to 2.0 at 1");
        assertThatThrownBy(() -> AdoptedModel.adopt(values(1), values(2), 16)).hasMessageContaining("8 or 4 bits");
    }

    @Test
    void changesFromEndToEndOfTheFloatsStayFinite() {
        Snapshot base = values(-Float.MAX_VALUE, 1);
        Snapshot trained = values(Float.MAX_VALUE / 2, 1);
        AdoptedModel adopted = AdoptedModel.adopt(base, trained, 8);
        assertThat(adopted.model().toFloats()[0]).isCloseTo(Float.MAX_VALUE / 2, within(Float.MAX_VALUE / 1000));
        assertThat(VersionCodec.decodeDelta(adopted.payload().toArray(), base)).isEqualTo(adopted.model());
    }
}
