package dev.starling.store;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The identity of a model: the root of a SHA-256 Merkle tree over its tensors. It depends on names, shapes, types,
 * values and the order of the tensors, and not on how or where the model is stored. The tree, with H = SHA-256, ‖
 * concatenation, integers little-endian and 4 bytes wide unless said otherwise:
 *
 * <pre>
 * chunk(c)      = H(00 ‖ c)                    c: up to 256 KiB of the tensor's little-endian bytes
 * node(l, r)    = H(01 ‖ l ‖ r)                joins chunks of a tensor
 * tensor(t)     = H(02 ‖ len(name) ‖ name in UTF-8 ‖ len(type) ‖ type "float32" ‖ rank ‖ dimensions
 *                   ‖ number of bytes (8 bytes wide) ‖ tree of its chunks)
 * branch(l, r)  = H(03 ‖ l ‖ r)                joins tensors of a model
 * root          = H(04 ‖ number of tensors ‖ tree of its tensors)
 * </pre>
 *
 * A tree over n hashes joins neighbours pairwise, level by level; the last of an odd level moves up as it is. The tree
 * over nothing is H of the joining node's prefix. The different prefixes keep a leaf from being passed off as a node
 * (second preimage), as in RFC 6962, section 2.1.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ModelRoot(String hex) {

    /** Bytes of a chunk; whole float32 values fit. */
    static final int CHUNK_BYTES = 256 * 1024;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final byte CHUNK = 0;
    private static final byte NODE = 1;
    private static final byte TENSOR = 2;
    private static final byte BRANCH = 3;
    private static final byte ROOT = 4;
    private static final byte[] TYPE = "float32".getBytes(StandardCharsets.UTF_8);

    public ModelRoot {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a model root must be 64 lower-case hexadecimal digits, got " + hex);
        }
    }

    /** The root of {@code model}. */
    public static ModelRoot of(Snapshot model) {
        TensorLayout layout = model.layout();
        ByteBuffer bytes = model.bytes();
        List<byte[]> tensors = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            TensorSpec tensor = layout.tensors().get(i);
            tensors.add(tensorHash(tensor, bytes.slice(4 * layout.offset(i), 4 * tensor.count())));
        }
        byte[] count = integers(List.of(tensors.size()));
        return new ModelRoot(MerkleTree.hex(MerkleTree.hash(ROOT, count, MerkleTree.root(BRANCH, tensors))));
    }

    private static byte[] tensorHash(TensorSpec tensor, ByteBuffer bytes) {
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.capacity(); from += CHUNK_BYTES) {
            ByteBuffer chunk = bytes.slice(from, Math.min(CHUNK_BYTES, bytes.capacity() - from));
            chunks.add(MerkleTree.hash(CHUNK, chunk));
        }
        byte[] name = tensor.name().getBytes(StandardCharsets.UTF_8);
        List<Integer> rankAndShape = new ArrayList<>(tensor.shape());
        rankAndShape.add(0, tensor.shape().size());
        byte[] size = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.capacity())
                .array();
        return MerkleTree.hash(
                TENSOR,
                integers(List.of(name.length)),
                name,
                integers(List.of(TYPE.length)),
                TYPE,
                integers(rankAndShape),
                size,
                MerkleTree.root(NODE, chunks));
    }

    private static byte[] integers(List<Integer> values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putInt);
        return buffer.array();
    }

    @Override
    public String toString() {
        return hex;
    }
}
