package dev.starling.data;

import dev.starling.base.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code .npy} file: one array. */
public final class NpyFile {

    private NpyFile() {}

    /** Reads the array; InputException if the file is missing, damaged, too large or of a kind that is not supported. */
    public static NpyArray read(Path file) {
        InputFiles.require(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** Writes the array so that the file is there whole or not at all. */
    public static void write(Path file, NpyArray array) {
        try {
            AtomicFile.write(file, out -> {
                out.write(header(array).encode());
                out.write(array.toBytes());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NpyHeader header(NpyArray array) {
        return new NpyHeader(array.type(), array.shape());
    }

    /** Reads one array, which must be all that {@code in} has. */
    static NpyArray read(InputStream in, String place) throws IOException {
        NpyHeader header = NpyHeader.read(in, place);
        int announced = (int) header.bytes();
        byte[] bytes = in.readNBytes(announced);
        if (bytes.length < announced) {
            throw new InputException(
                    place,
                    "is truncated: shape " + header.shape() + " of "
                            + header.type().descr() + " needs " + announced + " bytes, got " + bytes.length);
        }
        if (in.read() >= 0) {
            throw new InputException(
                    place, "has more bytes than shape " + header.shape() + " needs (" + announced + ")");
        }
        return new NpyArray(place, header.type(), header.shape(), ElementOrder.usual(header, bytes));
    }
}
