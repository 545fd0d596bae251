package dev.starling.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A tree that joins SHA-256 hashes pairwise, with its inner hashes; the form is described at {@link ModelRoot}. Two trees
 * are compared from the root down, and a subtree is opened only if its hashes differ.
 */
final class MerkleTree {

    /** From the leaves up; the last level has the root alone. Nobody else holds the arrays. */
    private final List<List<byte[]>> levels;

    private MerkleTree(List<List<byte[]>> levels) {
        this.levels = levels;
    }

    /** The tree over {@code leaves}, handed over; nodes are hashed with {@code prefix} before their two children. */
    static MerkleTree over(byte prefix, List<byte[]> leaves) {
        List<List<byte[]>> levels = new ArrayList<>();
        List<byte[]> level = leaves.isEmpty() ? List.of(hash(prefix)) : leaves;
        levels.add(level);
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? hash(prefix, level.get(i), level.get(i + 1)) : level.get(i));
            }
            levels.add(above);
            level = above;
        }
        return new MerkleTree(levels);
    }

    /** Not to be changed. */
    byte[] root() {
        return levels.get(levels.size() - 1).get(0);
    }

    /** At least 1: the tree over nothing has a leaf that stands for it. */
    int leaves() {
        return levels.get(0).size();
    }

    /** Hashes on all levels. */
    int size() {
        return levels.stream().mapToInt(List::size).sum();
    }

    /**
     * Tells {@code different} the index of each leaf whose hash is not that of {@code other}, which must have as many, in
     * ascending order. Returns how many pairs of hashes were looked at.
     */
    int compare(MerkleTree other, IntConsumer different) {
        if (other.leaves() != leaves()) {
            throw new IllegalArgumentException(
                    "trees of " + leaves() + " and " + other.leaves() + " leaves cannot be compared");
        }
        return descend(other, levels.size() - 1, 0, different);
    }

    private int descend(MerkleTree other, int height, int index, IntConsumer different) {
        if (Arrays.equals(
                levels.get(height).get(index), other.levels.get(height).get(index))) {
            return 1;
        }
        if (height == 0) {
            different.accept(index);
            return 1;
        }
        int looked = 1 + descend(other, height - 1, 2 * index, different);
        if (2 * index + 1 < levels.get(height - 1).size()) {
            looked += descend(other, height - 1, 2 * index + 1, different);
        }
        return looked;
    }

    static byte[] hash(byte prefix, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static byte[] hash(byte prefix, ByteBuffer bytes) {
        MessageDigest digest = sha256();
        digest.update(prefix);
        digest.update(bytes);
        return digest.digest();
    }

    /** Little-endian, 4 bytes each. */
    static byte[] integers(List<Integer> values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putInt);
        return buffer.array();
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
