package dev.starling.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The identity of a {@link Pipeline}: a tree of the form that {@link ModelRoot} describes, with prefixes of its own. Texts are
 * UTF-8 behind their length in bytes.
 *
 * <pre>
 * entry(k, v)   = H(05 ‖ len(k) ‖ k ‖ len(v) ‖ v)
 * node(l, r)    = H(06 ‖ l ‖ r)                         joins entries of a part, in the order of their keys
 * part(p)       = H(07 ‖ len(label) ‖ label ‖ number of entries ‖ tree of its entries)
 * branch(l, r)  = H(08 ‖ l ‖ r)                         joins all six parts, in the order of {@link PipelinePart}
 * root          = H(09 ‖ number of parts ‖ tree of the parts)
 * </pre>
 */
public final class PipelineTree {

    private static final byte ENTRY = 5;
    private static final byte NODE = 6;
    private static final byte PART = 7;
    private static final byte BRANCH = 8;
    private static final byte ROOT = 9;

    private static final List<PipelinePart> PARTS = List.of(PipelinePart.values());

    private final Pipeline pipeline;
    private final List<MerkleTree> entries = new ArrayList<>();
    private final MerkleTree parts;

    private PipelineTree(Pipeline pipeline) {
        this.pipeline = pipeline;
        List<byte[]> hashes = new ArrayList<>();
        for (PipelinePart part : PARTS) {
            List<byte[]> leaves = new ArrayList<>();
            pipeline.part(part)
                    .forEach((key, value) ->
                            leaves.add(MerkleTree.hash(ENTRY, length(key), utf8(key), length(value), utf8(value))));
            MerkleTree tree = MerkleTree.over(NODE, leaves);
            entries.add(tree);
            byte[] count = MerkleTree.integers(List.of(leaves.size()));
            hashes.add(MerkleTree.hash(PART, length(part.label()), utf8(part.label()), count, tree.root()));
        }
        this.parts = MerkleTree.over(BRANCH, hashes);
    }

    public static PipelineTree of(Pipeline pipeline) {
        return new PipelineTree(pipeline);
    }

    /** 64 lower-case hexadecimal digits. */
    public String root() {
        byte[] count = MerkleTree.integers(List.of(PARTS.size()));
        return MerkleTree.hex(MerkleTree.hash(ROOT, count, parts.root()));
    }

    /** What changed from {@code before} to {@code after}; opens only parts, and entries of parts, whose hashes differ. */
    public static PipelineDiff diff(PipelineTree before, PipelineTree after) {
        List<Integer> changed = new ArrayList<>();
        before.parts.compare(after.parts, changed::add);
        List<PipelineDiff.Change> changes = new ArrayList<>();
        for (int which : changed) {
            PipelinePart part = PARTS.get(which);
            SortedMap<String, String> left = before.pipeline.part(part);
            SortedMap<String, String> right = after.pipeline.part(part);
            List<String> keys = new ArrayList<>();
            if (left.keySet().equals(right.keySet())) {
                List<String> all = List.copyOf(left.keySet());
                before.entries.get(which).compare(after.entries.get(which), index -> keys.add(all.get(index)));
            } else {
                TreeSet<String> all = new TreeSet<>(left.keySet());
                all.addAll(right.keySet());
                keys.addAll(all);
            }
            for (String key : keys) {
                Optional<String> was = Optional.ofNullable(left.get(key));
                Optional<String> is = Optional.ofNullable(right.get(key));
                if (!was.equals(is)) {
                    changes.add(new PipelineDiff.Change(part.label() + "." + key, was, is));
                }
            }
        }
        return new PipelineDiff(changes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] length(String text) {
        return MerkleTree.integers(List.of(utf8(text).length));
    }
}
