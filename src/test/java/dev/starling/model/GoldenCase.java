package dev.starling.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Arrays of one golden case: float32 and int64 in C order, as NumPy stored them. Values from PyTorch 1.13, float64. */
final class GoldenCase {

    private final Map<String, float[]> arrays = new LinkedHashMap<>();
    private int rows;

    GoldenCase(String name) {
        try (InputStream file = GoldenCase.class.getResourceAsStream("/golden/" + name + ".npz");
                ZipInputStream zip = new ZipInputStream(java.util.Objects.requireNonNull(file, name))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read(entry.getName().replace(".npy", ""), zip.readAllBytes());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(String name, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = buffer.getShort(8);
        String header = new String(bytes, 10, headerLength, StandardCharsets.US_ASCII);
        buffer.position(10 + headerLength);
        boolean integers = header.contains("'<i8'");
        float[] values = new float[buffer.remaining() / (integers ? 8 : 4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers ? buffer.getLong() : buffer.getFloat();
        }
        arrays.put(name, values);
        if (name.equals("x")) {
            rows = Integer.parseInt(header.replaceAll("(?s).*'shape': \\((\\d+).*", "$1"));
        }
    }

    float[] array(String name) {
        return java.util.Objects.requireNonNull(arrays.get(name), name);
    }

    int rows() {
        return rows;
    }

    /** All arrays {@code prefix0, prefix1, …} one after the other. */
    float[] flat(String prefix) {
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        for (int i = 0; arrays.containsKey(prefix + i); i++) {
            for (float value : array(prefix + i)) {
                all.putFloat(value);
            }
        }
        float[] values = new float[all.position() / 4];
        all.flip();
        all.asFloatBuffer().get(values);
        return values;
    }

    Examples examples(boolean classification) {
        return classification
                ? ArrayExamples.classified(array("x"), rows, array("y"))
                : ArrayExamples.targeted(array("x"), rows, array("y"));
    }
}
