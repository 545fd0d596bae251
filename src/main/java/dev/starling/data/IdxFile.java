package dev.starling.data;

import dev.starling.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in the IDX format of MNIST (LeCun, Cortes and Burges): two zero bytes, a type, the number of dimensions, each
 * dimension as a big-endian 32-bit number, then the elements. Only unsigned bytes (type 0x08) are read.
 */
final class IdxFile {

    private static final int UNSIGNED_BYTE = 0x08;
    /** No set may be larger: a damaged header must not make a node allocate all its memory. */
    private static final long MAX_BYTES = 1L << 30;

    private IdxFile() {}

    /** Elements in file order. */
    record Content(List<Integer> shape, ByteBuffer bytes) {
        Content {
            shape = List.copyOf(shape);
        }
    }

    /** Reads a file with {@code dimensions} dimensions; InputException if it is damaged or has another number. */
    static Content read(Path file, int dimensions) {
        try (InputStream in = InputFiles.open(file)) {
            List<Integer> shape = header(in, file, dimensions);
            int announced = (int) size(shape);
            // No deflated byte unpacks to more than 1032: a header that promises more must not cost any memory.
            byte[] bytes = new byte[(int) Math.min(announced, 1032 * Files.size(file))];
            int got = in.readNBytes(bytes, 0, bytes.length);
            if (got < announced) {
                throw new InputException(
                        file.toString(),
                        "is truncated: its header announces " + shape + " = " + announced + " bytes, got " + got);
            }
            if (in.read() >= 0) {
                throw new InputException(
                        file.toString(), "has more bytes than its header announces: " + shape + " = " + announced);
            }
            return new Content(shape, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    static List<Integer> shape(Path file, int dimensions) {
        try (InputStream in = InputFiles.open(file)) {
            return header(in, file, dimensions);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    private static List<Integer> header(InputStream in, Path file, int dimensions) throws IOException {
        byte[] start = in.readNBytes(4);
        if (start.length < 4 || start[0] != 0 || start[1] != 0 || start[2] != UNSIGNED_BYTE) {
            throw new InputException(
                    file.toString(), "is not an IDX file of unsigned bytes (it must start with 00 00 08)");
        }
        if (start[3] != dimensions) {
            throw new InputException(file.toString(), "must have " + dimensions + " dimensions, got " + start[3]);
        }
        byte[] sizes = in.readNBytes(4 * dimensions);
        if (sizes.length < 4 * dimensions) {
            throw new InputException(file.toString(), "is truncated: it ends within the header");
        }
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int size = ByteBuffer.wrap(sizes).getInt(4 * i);
            if (size < 1) {
                throw new InputException(
                        file.toString(), "must have dimensions of at least 1, got " + Integer.toUnsignedLong(size));
            }
            shape.add(size);
        }
        if (size(shape) > MAX_BYTES) {
            throw new InputException(file.toString(), "must hold at most " + MAX_BYTES + " bytes, got " + shape);
        }
        return List.copyOf(shape);
    }

    private static long size(List<Integer> shape) {
        long size = 1;
        for (int dimension : shape) {
            // Saturates instead of overflowing: both factors stay below 2^31.
            size = Math.min(size, Integer.MAX_VALUE) * dimension;
        }
        return size;
    }
}
