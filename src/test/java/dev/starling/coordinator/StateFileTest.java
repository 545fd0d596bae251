package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.OptimizerState;
import dev.starling.device.BaseModel;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.ModelRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final TensorLayout LAYOUT = new TensorLayout(List.of(new TensorSpec("w", List.of(2, 2))));

    private static final SavedState STATE = new SavedState(
            4,
            List.of(base(5, 1, -0.0f, Float.MIN_VALUE, 3), base(6, 2, 3, 4, 5)),
            OptimizerState.of(Server.ADAM, new double[] {1, 2, 3, -0.0}, new double[] {1e-300, 5, 6, 7}),
            12.5);

    @TempDir
    private Path directory;

    private static BaseModel base(int version, float... values) {
        Snapshot weights = Snapshot.of(LAYOUT, values);
        return new BaseModel(version, ModelRoot.of(weights), weights);
    }

    private Path written() throws IOException {
        Path file = directory.resolve("state.bin");
        StateFile.write(file, STATE);
        return file;
    }

    @Test
    void statesComeBackToTheLastBit() throws IOException {
        assertThat(StateFile.read(written(), LAYOUT)).isEqualTo(STATE);
        assertThat(StateFile.round(written())).isEqualTo(4);
    }

    @Test
    void anyFlippedByteIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x01;
            Path file = Files.write(directory.resolve("flipped"), flipped);
            assertThatThrownBy(() -> StateFile.read(file, LAYOUT))
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTornFileIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(directory.resolve("torn"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> StateFile.read(file, LAYOUT))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }
}
