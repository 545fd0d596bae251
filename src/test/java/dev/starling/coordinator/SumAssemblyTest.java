package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.RoundKey;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumAssemblyTest {

    private static final RoundKey KEY = new RoundKey(1, 1);
    private static final int CHUNK = SumAssembly.CHUNK_VALUES;

    private static SumAssembly assembly(int values) {
        return new SumAssembly(new Aggregator.Closed("a", KEY, RoundTallyTest.totals(List.of(1), List.of()), values));
    }

    private static ExactSum ramp(int values) {
        float[] ramp = new float[values];
        for (int i = 0; i < values; i++) {
            ramp[i] = i;
        }
        ExactSum sum = new ExactSum(values);
        assertThat(sum.add(1, FloatBuffer.wrap(ramp))).isEmpty();
        return sum;
    }

    private static Aggregator.Chunk chunk(ExactSum source, SumAssembly assembly, int from) {
        return new Aggregator.Chunk("a", KEY, from, source.bytes(from, assembly.count(from)));
    }

    @Test
    void chunksInAnyOrderAndTwiceMakeTheSum() {
        int values = 2 * CHUNK + 7;
        ExactSum source = ramp(values);
        SumAssembly assembly = assembly(values);
        assertThat(assembly.nextPulls()).as("they come unasked").isEmpty();
        assertThat(assembly.count(2 * CHUNK)).isEqualTo(7);
        for (int from : List.of(2 * CHUNK, CHUNK, 0)) {
            assertThat(assembly.isWhole()).isFalse();
            assembly.put(chunk(source, assembly, from));
            assembly.put(chunk(source, assembly, from));
        }
        assertThat(assembly.isWhole()).isTrue();
        ExactSum whole = new ExactSum(values);
        assembly.addTo(whole);
        assertThat(whole.bytes(0, values)).isEqualTo(source.bytes(0, values));
    }

    @Test
    void aFewChunksAreUnderWayAtATime() {
        SumAssembly assembly = assembly(20 * CHUNK);
        ExactSum source = ramp(20 * CHUNK);
        assertThat(assembly.nextPulls()).as("eight come unasked").isEmpty();
        assembly.put(chunk(source, assembly, 3 * CHUNK));
        assertThat(assembly.nextPulls()).containsExactly(8 * CHUNK);
    }

    @Test
    void whatIsLostIsPulledAgainOnceNothingArrivesAnyMore() {
        SumAssembly assembly = assembly(2 * CHUNK);
        ExactSum source = ramp(2 * CHUNK);
        assembly.restartStalled();
        assertThat(assembly.nextPulls()).as("come unasked").isEmpty();
        assembly.put(chunk(source, assembly, 0));
        assembly.restartStalled();
        assertThat(assembly.nextPulls()).as("something arrived since").isEmpty();
        assembly.restartStalled();
        assertThat(assembly.nextPulls()).containsExactly(CHUNK);
    }

    @Test
    void aSumOverAnotherNumberOfValuesIsRefused() {
        SumAssembly assembly = assembly(3);
        assembly.put(chunk(ramp(3), assembly, 0));
        assertThatThrownBy(() -> assembly.addTo(new ExactSum(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be over 4 values");
    }

    @Test
    void aSumOfNothingIsWholeAtOnce() {
        SumAssembly assembly = assembly(0);
        assertThat(assembly.nextPulls()).isEmpty();
        assertThat(assembly.isWhole()).isTrue();
    }
}
