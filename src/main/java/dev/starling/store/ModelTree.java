package dev.starling.store;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree behind a {@link ModelRoot}, with its inner hashes: 32 bytes a tensor and chunk, and as many again for the nodes.
 * So two models are compared without looking at values, and where they agree without looking at their tensors either.
 */
public final class ModelTree {

    private static final byte BRANCH = 3;
    private static final byte ROOT = 4;

    private final List<TensorTree> tensors;
    private final MerkleTree branches;

    private ModelTree(List<TensorTree> tensors) {
        this.tensors = List.copyOf(tensors);
        List<byte[]> hashes = new ArrayList<>();
        tensors.forEach(tensor -> hashes.add(tensor.hash()));
        this.branches = MerkleTree.over(BRANCH, hashes);
    }

    /** Hashes all of {@code model}. */
    public static ModelTree of(Snapshot model) {
        TensorLayout layout = model.layout();
        ByteBuffer bytes = model.bytes();
        List<TensorTree> tensors = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            int size = 4 * layout.tensors().get(i).count();
            tensors.add(TensorTree.of(layout.tensors().get(i), bytes.slice(4 * layout.offset(i), size)));
        }
        return new ModelTree(tensors);
    }

    public ModelRoot root() {
        byte[] count = MerkleTree.integers(List.of(tensors.size()));
        return new ModelRoot(MerkleTree.hex(MerkleTree.hash(ROOT, count, branches.root())));
    }

    /** The hash of each tensor, by name, in the model's order: 64 lower-case hexadecimal digits. */
    public Map<String, String> tensorHashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        tensors.forEach(tensor -> hashes.put(tensor.tensor().name(), MerkleTree.hex(tensor.hash())));
        return hashes;
    }

    /** How many hashes there are in this tree: what a comparison without it would have to look at. */
    public int hashes() {
        return branches.size()
                + tensors.stream().mapToInt(tensor -> tensor.chunks().size()).sum();
    }

    /**
     * What changed from {@code before} to {@code after}. Opens only subtrees whose hashes differ; models that do not have the
     * same number of tensors have trees of different form, and are compared tensor by tensor, by name. The order of tensors is
     * part of a root, but not a change of any of them.
     */
    public static ModelDiff diff(ModelTree before, ModelTree after) {
        if (before.tensors.size() != after.tensors.size()) {
            return byName(before.tensors, after.tensors, 0);
        }
        List<TensorTree> mine = new ArrayList<>();
        List<TensorTree> theirs = new ArrayList<>();
        int compared = before.tensors.isEmpty()
                ? 0
                : before.branches.compare(after.branches, index -> {
                    mine.add(before.tensors.get(index));
                    theirs.add(after.tensors.get(index));
                });
        return byName(mine, theirs, compared);
    }

    private static ModelDiff byName(List<TensorTree> before, List<TensorTree> after, int compared) {
        Map<String, TensorTree> left = new LinkedHashMap<>();
        before.forEach(tensor -> left.put(tensor.tensor().name(), tensor));
        List<TensorChange> changes = new ArrayList<>();
        int looked = compared;
        for (TensorTree tensor : after) {
            TensorTree old = left.remove(tensor.tensor().name());
            if (old == null) {
                changes.add(TensorChange.added(tensor.tensor()));
            } else if (!old.tensor().shape().equals(tensor.tensor().shape())) {
                changes.add(TensorChange.reshaped(old.tensor(), tensor.tensor()));
            } else {
                List<ValueRange> ranges = new ArrayList<>();
                looked += old.chunks()
                        .compare(tensor.chunks(), chunk -> ValueRange.addChunk(ranges, chunk, tensor.tensor()));
                if (!ranges.isEmpty()) {
                    changes.add(TensorChange.changed(tensor.tensor(), ranges));
                }
            }
        }
        left.values().forEach(tensor -> changes.add(TensorChange.removed(tensor.tensor())));
        return new ModelDiff(changes, looked);
    }
}
