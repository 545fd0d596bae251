package dev.starling.store.form;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.starling.store.DamagedModelException;

/**
 * What a thread codes with: zstd contexts and buffers of one block. Making a context takes longer than coding the head of
 * a small model, so each thread keeps its own. Frames carry no magic number, size or checksum: the payload knows.
 */
final class Workspace {

    /** Values of a block; as bytes, a chunk of a tensor. */
    static final int BLOCK = 64 * 1024;

    /**
     * Planes hold unequal frequencies and hardly any repetition. Matches of 3 or 4 bytes, which all levels look for, are
     * chance, and cost more than the bytes they stand for. Measured on the plane of widths of synthetic Gaussian
     * differences, not of trained ones: 1,401 bytes in 4.5 µs at level 1 with matches of 7 or more, 1,476 in 9.8 µs at level 1
     * alone, 1,572 in 16.4 µs at level 3.
     */
    private static final int LEVEL = 1;

    private static final int SHORTEST_MATCH = 7;

    private static final ThreadLocal<Workspace> MINE = ThreadLocal.withInitial(Workspace::new);

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final byte[] compressed = new byte[(int) Zstd.compressBound(BLOCK)];
    private final byte[] plane = new byte[BLOCK];

    private final Frequencies frequencies = new Frequencies();

    private Workspace() {
        compressor.setLevel(LEVEL);
        compressor.setMinMatch(SHORTEST_MATCH);
        compressor.setMagicless(true);
        compressor.setContentSize(false);
        compressor.setChecksum(false);
        compressor.setDictID(false);
        decompressor.setMagicless(true);
    }

    /** The calling thread's own. */
    static Workspace mine() {
        return MINE.get();
    }

    /** A byte of each value of a block. */
    byte[] plane() {
        return plane;
    }

    /** Of {@code plane[0, count)}, in bits per byte. */
    double entropy(int count) {
        return frequencies.entropy(plane, count);
    }

    /** Where {@link #compress} leaves its result. */
    byte[] compressed() {
        return compressed;
    }

    /** Compresses {@code plane[0, count)} into {@link #compressed}; returns the number of bytes. */
    int compress(int count) {
        return compressor.compressByteArray(compressed, 0, compressed.length, plane, 0, count);
    }

    /** {@code plane[0, count)} := what {@code size} bytes from {@code from} hold; they must hold that many. */
    void decompress(byte[] source, int from, int size, int count) {
        int found;
        try {
            found = decompressor.decompressByteArray(plane, 0, count, source, from, size);
        } catch (ZstdException e) {
            throw DamagedModelException.payload("a compressed plane cannot be read (" + e.getMessage() + ")");
        }
        if (found != count) {
            throw DamagedModelException.payload("a plane of " + count + " bytes has " + found);
        }
    }
}
