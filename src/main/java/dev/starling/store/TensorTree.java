package dev.starling.store;

import dev.starling.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A leaf of a {@link ModelTree}, with the tree of chunks below it. */
final class TensorTree {

    /** Bytes of a chunk; whole float32 values fit. */
    static final int CHUNK_BYTES = 256 * 1024;

    private static final byte CHUNK = 0;
    private static final byte NODE = 1;
    private static final byte TENSOR = 2;
    private static final byte[] TYPE = "float32".getBytes(StandardCharsets.UTF_8);

    private final TensorSpec tensor;
    private final MerkleTree chunks;

    private TensorTree(TensorSpec tensor, MerkleTree chunks) {
        this.tensor = tensor;
        this.chunks = chunks;
    }

    /** @param bytes of the tensor's values, little-endian */
    static TensorTree of(TensorSpec tensor, ByteBuffer bytes) {
        List<byte[]> hashes = new ArrayList<>();
        for (int from = 0; from < bytes.capacity(); from += CHUNK_BYTES) {
            ByteBuffer chunk = bytes.slice(from, Math.min(CHUNK_BYTES, bytes.capacity() - from));
            hashes.add(MerkleTree.hash(CHUNK, chunk));
        }
        return new TensorTree(tensor, MerkleTree.over(NODE, hashes));
    }

    /** Of name, type, shape and values. */
    byte[] hash() {
        byte[] name = tensor.name().getBytes(StandardCharsets.UTF_8);
        byte[] size = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4L * tensor.count())
                .array();
        return MerkleTree.hash(
                TENSOR,
                MerkleTree.integers(List.of(name.length)),
                name,
                MerkleTree.integers(List.of(TYPE.length)),
                TYPE,
                MerkleTree.integers(List.of(tensor.shape().size())),
                MerkleTree.integers(tensor.shape()),
                size,
                chunks.root());
    }

    TensorSpec tensor() {
        return tensor;
    }

    MerkleTree chunks() {
        return chunks;
    }
}
