package dev.starling.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy files written byte by byte, so that they can also say what is not so. */
final class Npys {

    private Npys() {}

    /** A {@code .npy} of version 1.0 with this header, right or wrong, and these bytes. */
    static byte[] npy(String type, String shape, byte[] data) {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .put(data)
                .array();
    }

    /** Whether the file still begins as {@link #npy} writes it, so that its parts can be found. */
    static boolean isWhole(byte[] npy) {
        if (npy.length < 10) {
            return false;
        }
        int length = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        return length > 0
                && length <= npy.length - 10
                && new String(npy, 10, length, StandardCharsets.ISO_8859_1)
                        .matches("(?s)\\{'descr': '[^']*', 'fortran_order': False, 'shape': \\([^()]*\\), }\\n");
    }

    static byte[] floats(String shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return npy("<f4", shape, data.array());
    }

    static byte[] longs(String shape, long... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            data.putLong(value);
        }
        return npy("<i8", shape, data.array());
    }

    /** An archive of arrays, packed as {@code numpy.savez_compressed} packs them. */
    static byte[] npz(Map<String, byte[]> arrays) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
