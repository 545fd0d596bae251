package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Csv;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are small and stand for much, or are much: each is refused by its name, and soon. */
class ImportLimitsTest {

    private static final int BOMB_BYTES = 64 << 20;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path file(String name, byte[] bytes) {
        return TestFiles.write(directory.resolve(name), bytes);
    }

    private static void refused(ThrowingCallable reading, String... parts) {
        assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }

    /** 3 + 1 sizes: a file of so many blank images. */
    private static byte[] blankImages(int images) {
        return ByteBuffer.allocate(16 + images * 1024)
                .put(new byte[] {0, 0, 8, 3})
                .putInt(images)
                .putInt(32)
                .putInt(32)
                .array();
    }

    @Test
    void aGzippedBombOfImagesIsRefused() {
        Path bomb = file("bomb-idx3-ubyte.gz", TestFiles.gzip(blankImages(BOMB_BYTES / 1024)));
        refused(() -> IdxFile.read(bomb, 3), "bomb-idx3-ubyte.gz: must not unpack to more than 500 times its size");
        Path blank = file("blank-idx3-ubyte.gz", TestFiles.gzip(blankImages(1000)));
        assertThat(IdxFile.read(blank, 3).shape()).containsExactly(1000, 32, 32);
    }

    private static byte[] npy(String shape, int bytes) {
        byte[] header = ("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + header.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .array();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    /** An archive whose directory says that its one array has {@code bytes}. */
    private static byte[] sized(byte[] archive, int bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.putInt(buffer.getInt(archive.length - 6) + 24, bytes).array();
    }

    @Test
    void anArrayThatUnpacksToAThousandTimesItsSizeIsReadWhereThatDoesNoHarm() throws IOException {
        Path sparse = file("sparse.npz", zip(Map.of("x_train.npy", npy(BOMB_BYTES + ",", BOMB_BYTES))));
        assertThat(Files.size(sparse)).isLessThan(100_000);
        assertThat(Npz.readArrays(sparse).get("x_train"))
                .satisfies(array -> assertThat(array.count()).isEqualTo(BOMB_BYTES));
        Path bomb = file("bomb.npz", sized(Files.readAllBytes(sparse), 900 << 20));
        refused(() -> Npz.readArrays(bomb), "bomb.npz: x_train: must not unpack to more than 500 times its size");
        refused(
                () -> Npz.readHeaders(bomb, name -> true),
                "bomb.npz: x_train: must not unpack to more than 500 times its size",
                "save it with numpy.savez");
    }

    /** Both directories of the archive claim that the array is short. */
    @Test
    void anArrayThatIsLongerThanTheArchiveSaysIsRefused() throws IOException {
        Path liar = file("liar.npz", sized(zip(Map.of("x_train.npy", npy("2000,", 2000))), 1000));
        refused(() -> Npz.readArrays(liar), "liar.npz: x_train", "more bytes than the archive says (1000)");
    }

    @Test
    void aShapeThatThePackedBytesCannotHoldIsRefused() throws IOException {
        Path file = file("shape.npz", zip(Map.of("x_train.npy", npy("900000000,", 1000))));
        refused(() -> Npz.readArrays(file), "shape.npz: x_train", "is truncated", "needs 900000000 bytes, got 1000");
    }

    /** Two names for the same bytes, as bombs do that need no great ratio. */
    @Test
    void arraysThatShareTheirBytesAreRefused() throws IOException {
        byte[] noise = npy("200000,", 200_000);
        new java.util.Random(1).nextBytes(noise);
        byte[] archive = zip(Map.of("a.npy", noise));
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int end = archive.length - 22;
        int start = bytes.getInt(end + 16);
        byte[] entry = java.util.Arrays.copyOfRange(archive, start, end);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(archive, 0, end);
        entry[46] = 'b';
        out.writeBytes(entry);
        bytes.putShort(end + 8, (short) 2).putShort(end + 10, (short) 2).putInt(end + 12, 2 * entry.length);
        out.write(archive, end, 22);
        Path file = file("overlap.npz", out.toByteArray());
        refused(() -> Npz.readArrays(file), "overlap.npz: must hold every array for itself");
    }

    private static Csv csv(Path file) {
        return new Csv(file, ',', false, List.of("0"), List.of(), "1", 0, 0.2, 1);
    }

    @Test
    void tablesOfTextAreLimited() throws IOException {
        Path bomb = file("bomb.csv.gz", TestFiles.gzip(new byte[BOMB_BYTES]));
        Path line = file("line.csv", new byte[2 << 20]);
        byte[] rows = "1,2\n".repeat(5 << 20).getBytes(StandardCharsets.US_ASCII);
        Path repeated = file("repeated.csv.gz", TestFiles.gzip(rows));
        refused(() -> CsvTable.read(csv(line)), "line.csv: must have lines of at most 1048576 bytes");
        refused(() -> CsvTable.read(csv(bomb)), "bomb.csv.gz: must ");
        refused(() -> CsvTable.read(csv(repeated)), "repeated.csv.gz: must not unpack to more than 500 times its size");
    }

    @Test
    void theLimitIsTheLastByteThatMayBeRead() throws IOException {
        byte[] ten = new byte[10];
        assertThat(limited(ten, 10, 10).readAllBytes()).hasSize(10);
        refused(() -> limited(ten, 9, 10).readAllBytes(), "x: too long");
        refused(() -> limited(ten, 10, 9).readAllBytes(), "x: must have lines of at most 9 bytes");
        refused(() -> limited(ten, 9, 10).skipNBytes(10), "x: too long");
        ten[5] = '\n';
        assertThat(limited(ten, 10, 5).readAllBytes()).hasSize(10);
    }

    private static LimitedInput limited(byte[] bytes, long most, long line) {
        return new LimitedInput(new ByteArrayInputStream(bytes), "x", most, line, "too long");
    }

    @Test
    void tracesAndCapacitiesAreLimited() throws IOException {
        Path huge = directory.resolve("trace.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(TextFile.MAX_BYTES + 1L);
        }
        refused(() -> TraceFile.read(huge), "trace.csv: must be at most 268435456 bytes of text");
        refused(() -> CapacityFile.read(huge), "trace.csv: must be at most 268435456 bytes of text");
        Path deep = file("deep.json", "[".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
        refused(() -> TraceFile.read(deep), "deep.json", "is not valid JSON", "nesting depth");
        refused(() -> CapacityFile.read(deep), "deep.json", "is not valid JSON", "nesting depth");
    }
}
