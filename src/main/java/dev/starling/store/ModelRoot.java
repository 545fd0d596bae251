package dev.starling.store;

import dev.starling.model.Snapshot;
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

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ModelRoot {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a model root must be 64 lower-case hexadecimal digits, got " + hex);
        }
    }

    /** The root of {@code model}. */
    public static ModelRoot of(Snapshot model) {
        return ModelTree.of(model).root();
    }

    @Override
    public String toString() {
        return hex;
    }
}
