package dev.starling.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Domain-separated SHA-256 and the tree that joins hashes pairwise; the form is described at {@link ModelRoot}. */
final class MerkleTree {

    private MerkleTree() {}

    /** The tree over {@code leaves}; nodes are hashed with {@code prefix} before their two children. */
    static byte[] root(byte prefix, List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return hash(prefix);
        }
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? hash(prefix, level.get(i), level.get(i + 1)) : level.get(i));
            }
            level = above;
        }
        return level.get(0);
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
