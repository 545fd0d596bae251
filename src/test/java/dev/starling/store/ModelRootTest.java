package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The golden roots come from a Python script (hashlib and struct) that was written from ModelRoot's Javadoc:
 *
 * <pre>
 * H = lambda *p: hashlib.sha256(b''.join(p)).digest()
 * def tree(prefix, hs):
 *     if not hs: return H(prefix)
 *     while len(hs) > 1:
 *         hs = [H(prefix, hs[i], hs[i+1]) if i + 1 &lt; len(hs) else hs[i] for i in range(0, len(hs), 2)]
 *     return hs[0]
 * def tensor(name, shape, values):
 *     raw = struct.pack('&lt;%df' % len(values), *values)
 *     chunks = [H(b'\0', raw[i:i+262144]) for i in range(0, len(raw), 262144)]
 *     n = name.encode()
 *     return H(b'\2', struct.pack('&lt;i', len(n)), n, struct.pack('&lt;i', 7), b'float32',
 *              struct.pack('&lt;%di' % (len(shape) + 1), len(shape), *shape),
 *              struct.pack('&lt;q', len(raw)), tree(b'\1', chunks))
 * def root(ts): return H(b'\4', struct.pack('&lt;i', len(ts)), tree(b'\3', [tensor(*t) for t in ts])).hex()
 * </pre>
 */
class ModelRootTest {

    private static final float[] VALUES = {1, -2, 0.5f, 0, -0f, 3.25f, 0.125f, -7};

    private static Snapshot model(String first, List<Integer> shape, float[] values) {
        return Snapshot.of(
                new TensorLayout(List.of(new TensorSpec(first, shape), new TensorSpec("0.dense.bias", List.of(2)))),
                values);
    }

    @Test
    void aSmallModelHasTheRootThatPythonComputes() {
        assertThat(ModelRoot.of(model("0.dense.weight", List.of(2, 3), VALUES)))
                .hasToString("ab68deb573123b671f94667be1c317e3786dfe5e608a271aa5a7ea699dfd0067");
    }

    @Test
    void largeTensorsAreHashedInChunks() {
        int count = 65536 * 2 + 1000;
        float[] values = new float[count + 1 + 65536];
        for (int i = 0; i < count; i++) {
            values[i] = i % 1000;
        }
        values[count] = 1;
        Arrays.fill(values, count + 1, values.length, 2);
        TensorLayout layout = new TensorLayout(List.of(
                new TensorSpec("größe", List.of(count)),
                new TensorSpec("b", List.of(1)),
                new TensorSpec("c", List.of(65536))));
        assertThat(ModelRoot.of(Snapshot.of(layout, values)).hex())
                .isEqualTo("2244402462fc3babc55abddd221ef33c62e320c1d6c9a9c00286a465ac4d47db");
    }

    @Test
    void aModelWithoutTensorsHasARoot() {
        assertThat(ModelRoot.of(Snapshot.of(new TensorLayout(List.of()), new float[0]))
                        .hex())
                .isEqualTo("0ef0209c8527453358a67338fe3813032004a4d93de6ab24f9178f31c470cbda");
    }

    @Test
    void nameShapeAndEveryBitOfEveryValueCount() {
        Set<ModelRoot> roots = new HashSet<>();
        roots.add(ModelRoot.of(model("0.dense.weight", List.of(2, 3), VALUES)));
        roots.add(ModelRoot.of(model("1.dense.weight", List.of(2, 3), VALUES)));
        roots.add(ModelRoot.of(model("0.dense.weight", List.of(3, 2), VALUES)));
        roots.add(ModelRoot.of(model("0.dense.weight", List.of(6), VALUES)));
        roots.add(ModelRoot.of(model("0.dense.weight", List.of(6, 1), VALUES)));
        for (int i = 0; i < VALUES.length; i++) {
            for (int bit = 0; bit < 32; bit++) {
                float[] changed = VALUES.clone();
                changed[i] = Float.intBitsToFloat(Float.floatToRawIntBits(changed[i]) ^ (1 << bit));
                roots.add(ModelRoot.of(model("0.dense.weight", List.of(2, 3), changed)));
            }
        }
        assertThat(roots).hasSize(5 + 8 * 32);
    }

    @Test
    void aRootIsSixtyFourDigits() {
        assertThatThrownBy(() -> new ModelRoot("abc")).hasMessageContaining("64 lower-case");
        assertThatThrownBy(() -> new ModelRoot("A".repeat(64))).hasMessageContaining("64 lower-case");
    }
}
