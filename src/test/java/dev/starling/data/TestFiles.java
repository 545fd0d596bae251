package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.Source;
import dev.starling.model.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of this room share: small files, settings, and looks into examples. */
final class TestFiles {

    static final Features PLAIN = new Features(1, false, Categories.INDEX);

    private TestFiles() {}

    static DataSettings settings(Source source, Partition partition) {
        return new DataSettings(source, partition, PLAIN, 0, 0);
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A file among the test resources. */
    static Path resource(String name) {
        return Path.of("src/test/resources").resolve(name);
    }

    static float[] features(Examples examples) {
        FloatBuffer buffer = FloatBuffer.allocate(examples.count() * examples.width());
        examples.features(Rows.all(examples.count()), 0, examples.count(), buffer);
        return buffer.array();
    }

    static int[] labels(Examples examples) {
        int[] labels = new int[examples.count()];
        examples.labels(Rows.all(labels.length), 0, labels.length, labels);
        return labels;
    }

    static float[] targets(Examples examples) {
        float[] targets = new float[examples.count() * examples.targets()];
        examples.targets(Rows.all(examples.count()), 0, examples.count(), targets);
        return targets;
    }

    /** Asserts that {@code call} refuses its input with a message that has all of {@code parts}. */
    static void assertRefused(ThrowingCallable call, String... parts) {
        InputException refusal = catchThrowableOfType(InputException.class, call);
        assertThat(refusal).as("an InputException").isNotNull();
        assertThat(refusal.getMessage()).contains(parts);
    }
}
