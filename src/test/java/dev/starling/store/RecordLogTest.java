package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {

    private static final List<byte[]> RECORDS = List.of(new byte[] {1, 2, 3}, new byte[0], new byte[] {4, 5, 6, 7});

    @TempDir
    private Path directory;

    private Path written() throws IOException {
        Path file = directory.resolve("log");
        try (RecordLog log = RecordLog.open(file, List.of())) {
            for (byte[] record : RECORDS) {
                log.append(record);
            }
            log.force();
        }
        return file;
    }

    @Test
    void givesBackWhatWasAppended() throws IOException {
        assertThat(RecordLog.read(written())).containsExactlyElementsOf(RECORDS);
    }

    @Test
    void noFileAnEmptyOneAndOneWithATornMagicHoldNoRecords() throws IOException {
        Path file = directory.resolve("log");
        assertThat(RecordLog.read(file)).isEmpty();
        Files.write(file, new byte[0]);
        assertThat(RecordLog.read(file)).isEmpty();
        Files.write(file, new byte[] {'S', 'T', 'A'});
        assertThat(RecordLog.read(file)).isEmpty();
    }

    @Test
    void whereverItIsCutTheWholeRecordsBeforeStay() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        int[] ends = {16 + 11, 16 + 11 + 8, 16 + 11 + 8 + 12};
        assertThat(whole).hasSize(ends[2]);
        for (int length = 0; length <= whole.length; length++) {
            Path torn = Files.write(directory.resolve("torn"), Arrays.copyOf(whole, length));
            int cut = length;
            int expected = (int) Arrays.stream(ends).filter(end -> end <= cut).count();
            assertThat(RecordLog.read(torn)).as("cut to %d bytes", length).hasSize(expected);
        }
    }

    @Test
    void anyFlippedByteEndsTheLogBeforeItsRecord() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x40;
            Path file = Files.write(directory.resolve("flipped"), flipped);
            int intact = i < 16 ? 0 : i < 27 ? 0 : i < 35 ? 1 : 2;
            assertThat(RecordLog.read(file)).as("byte %d", i).containsExactlyElementsOf(RECORDS.subList(0, intact));
        }
    }

    @Test
    void goesOnBehindTheRecordsThatAreKept() throws IOException {
        Path file = written();
        try (RecordLog log = RecordLog.open(file, RECORDS.subList(0, 1))) {
            log.append(new byte[] {9});
        }
        assertThat(RecordLog.read(file)).containsExactly(RECORDS.get(0), new byte[] {9});
    }

    @Test
    void startsAnewOverATornMagic() throws IOException {
        Path file = Files.write(directory.resolve("log"), new byte[] {'X'});
        try (RecordLog log = RecordLog.open(file, List.of())) {
            log.append(new byte[] {9});
        }
        assertThat(RecordLog.read(file)).containsExactly(new byte[] {9});
    }
}
