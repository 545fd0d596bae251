package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzTest {

    /** numpy.save of numpy.array([[1, 2, 3], [4, 5, 6]], '<f4'), by NumPy itself. */
    private static final String NUMPY_FLOATS =
            "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72"
                    + "646572273a2046616c73652c20277368617065273a2028322c2033292c207d"
                    + "20".repeat(58)
                    + "0a" + "0000803f0000004000004040000080400000a0400000c040";

    @TempDir
    Path directory;

    @Test
    void readsAndWritesTheBytesOfNumpy() throws IOException {
        byte[] numpy = HexFormat.of().parseHex(NUMPY_FLOATS);
        NpyArray array = NpyFile.read(TestFiles.write(directory.resolve("a.npy"), numpy));
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.type()).isEqualTo(NpyType.FLOAT32);
        assertThat(array.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);

        Path written = directory.resolve("b.npy");
        NpyFile.write(written, NpyArray.of(List.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f));
        assertThat(Files.readAllBytes(written)).isEqualTo(numpy);
    }

    @Test
    void everyTypeSurvivesARoundTrip() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("f4", NpyArray.of(List.of(2), 1.5f, -2f));
        arrays.put("f8", NpyArray.of(List.of(1, 2), 0.1, -3e5));
        arrays.put("u1", NpyArray.of(List.of(2, 1), (byte) 200, (byte) 3));
        arrays.put("i4", NpyArray.of(List.of(2), -7, Integer.MAX_VALUE));
        arrays.put("i8", NpyArray.of(List.of(1), -9L));
        Path file = directory.resolve("all.npz");
        NpzWriter.write(file, arrays);

        Map<String, NpyArray> read = Npz.readArrays(file);
        assertThat(read.keySet()).containsExactly("f4", "f8", "u1", "i4", "i8");
        assertThat(Npz.require(read, "f4", directory).toFloats()).containsExactly(1.5f, -2f);
        assertThat(Npz.require(read, "f8", directory).toFloats()).containsExactly(0.1f, -3e5f);
        assertThat(Npz.require(read, "u1", directory).toInts()).containsExactly(200, 3);
        assertThat(Npz.require(read, "u1", directory).toFloats()).containsExactly(200, 3);
        assertThat(Npz.require(read, "i4", directory).toInts()).containsExactly(-7, Integer.MAX_VALUE);
        assertThat(Npz.require(read, "i8", directory).toInts()).containsExactly(-9);
        assertThat(Npz.require(read, "f8", directory).shape()).containsExactly(1, 2);
    }

    @Test
    void aSnapshotBecomesOneArrayATensorAndTheSameBytesEachTime() throws IOException {
        TensorLayout layout = new TensorLayout(
                List.of(new TensorSpec("0.dense.weight", List.of(2, 3)), new TensorSpec("0.dense.bias", List.of(2))));
        Snapshot snapshot = Snapshot.of(layout, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        Path first = directory.resolve("sub/first.npz");
        Path second = directory.resolve("second.npz");
        NpzWriter.write(first, snapshot);
        NpzWriter.write(second, snapshot);

        Map<String, NpyArray> read = Npz.readArrays(first);
        assertThat(read.keySet()).containsExactly("0.dense.weight", "0.dense.bias");
        assertThat(Npz.require(read, "0.dense.weight", directory).shape()).containsExactly(2, 3);
        assertThat(Npz.require(read, "0.dense.bias", directory).toFloats()).containsExactly(7, 8);
        assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
        try (var files = Files.list(directory.resolve("sub"))) {
            assertThat(files).as("no temporary file stays").hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'descr': '<c16', 'fortran_order': False, 'shape': (2, 2),|float32 or float64, got <c16; convert it with .astype()",
                "'descr': [('a'; '<f4')], 'fortran_order': False, 'shape': (2, 2),|no header that names a simple element type",
                "'descr': '<f8', 'fortran_order': False, 'shape': (3, 2),|truncated: shape [3, 2] of <f8 needs 48 bytes, got 32",
                "'descr': '<f4', 'fortran_order': False, 'shape': (2, 2),|more bytes than shape [2, 2]",
                "'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999),|must be at most 1073741824 bytes",
                "'descr': '<f8', 'fortran_order': False, 'shape': (99999999, 99999999, 99999999),|must be at most 1073741824",
                "'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,),|sizes of at most 2147483647, got 99999999999",
            })
    void aHeaderThatCannotBeUsedIsRefused(String fields, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = ("{" + fields.replace('\u0000', ' ') + " }\n").getBytes(StandardCharsets.US_ASCII);
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
        out.writeBytes(header);
        out.writeBytes(new byte[32]);
        Path file = TestFiles.write(directory.resolve("bad.npy"), out.toByteArray());
        assertRefused(() -> NpyFile.read(file), "bad.npy", message);
    }

    @Test
    void filesThatAreNoneAreRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text.npz"), "hello");
        assertRefused(() -> Npz.readArrays(text), "text.npz", "is not an .npz");
        assertRefused(() -> NpyFile.read(text), "text.npz", "is not a NumPy array");
        assertRefused(() -> NpyFile.read(directory.resolve("none.npy")), "none.npy", "no such file", "STARLING_DATA");
    }

    @Test
    void everyTruncationAndEveryFlippedDataByteOfAnArchiveIsNoticed() throws IOException {
        Path file = directory.resolve("whole.npz");
        NpzWriter.write(file, Map.of("a", NpyArray.of(List.of(4), 1, 2, 3, 4)));
        byte[] whole = Files.readAllBytes(file);
        Path damaged = directory.resolve("damaged.npz");
        for (int length = 0; length < whole.length; length += 7) {
            TestFiles.write(damaged, Arrays.copyOf(whole, length));
            assertRefused(() -> Npz.readArrays(damaged), "damaged.npz");
        }
        int data = 30 + "a.npy".length() + 128;
        for (int at = data; at < data + 16; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            TestFiles.write(damaged, flipped);
            assertRefused(() -> Npz.readArrays(damaged), "damaged.npz: a", "checksum");
        }
    }

    @Test
    void valuesThatDoNotFitAreRefusedWithTheirPlace() {
        assertRefused(() -> NpyArray.of(List.of(2), 1L, 1L << 40).toInts(), "1099511627776 at element 1");
        assertRefused(() -> NpyArray.of(List.of(2), 1.0, 1e300).toFloats(), "1.0E300 at element 1");
        assertRefused(() -> NpyArray.of(List.of(1), Float.NaN).toFloats(), "NaN at element 0");
        assertRefused(
                () -> NpyArray.of(List.of(1, 2), 1f, 2.5f).toInts(), "whole numbers, got 2.5 at element 1 [0, 1]");
    }
}
