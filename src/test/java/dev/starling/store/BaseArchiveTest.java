package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseArchiveTest {

    private static final TensorLayout LAYOUT =
            new TensorLayout(List.of(new TensorSpec("w", List.of(2, 2)), new TensorSpec("b", List.of(1))));

    @TempDir
    Path directory;

    private static Snapshot base(float first) {
        return Snapshot.of(LAYOUT, new float[] {first, Float.NaN, -0f, Float.MIN_VALUE, 5});
    }

    @Test
    void whatIsKeptComesBackBitForBitInALaterProcessToo() {
        ModelRoot root = new BaseArchive(directory).put(3, base(1));
        Snapshot found = new BaseArchive(directory).find(3).orElseThrow();
        assertThat(found).isEqualTo(base(1));
        assertThat(ModelRoot.of(found)).isEqualTo(root);
        assertThat(new BaseArchive(directory).find(4)).isEmpty();
    }

    @Test
    void theSameVersionCanBeKeptAgain() {
        BaseArchive archive = new BaseArchive(directory);
        archive.put(3, base(1));
        archive.put(3, base(2));
        assertThat(archive.find(3)).contains(base(2));
        assertThat(archive.versions()).containsExactly(3);
    }

    @Test
    void retainingDeletesTheOthersOnly() throws IOException {
        BaseArchive archive = new BaseArchive(directory);
        Files.writeString(directory.resolve("base-notes.txt"), "mine");
        for (int version = 0; version < 12; version++) {
            archive.put(version, base(version));
        }
        assertThat(archive.retainOnly(Set.of(2, 10, 99))).hasSize(10).doesNotContain(2, 10);
        assertThat(archive.versions()).containsExactly(2, 10);
        assertThat(archive.find(10)).contains(base(10));
        assertThat(directory.resolve("base-notes.txt")).exists();
    }

    @Test
    void unfinishedFilesOfAKilledProcessAreNeitherReadNorKept() throws IOException {
        Files.write(directory.resolve("base-7-123.tmp"), new byte[10]);
        BaseArchive archive = new BaseArchive(directory);
        assertThat(archive.find(7)).isEmpty();
        archive.put(7, base(7));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("base-7.bin");
        }
    }

    @Test
    void everyDamagedByteIsFound() throws IOException {
        BaseArchive archive = new BaseArchive(directory);
        archive.put(3, base(1));
        Path file = directory.resolve("base-3.bin");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            for (int flip : new int[] {1, 0x80, 0xFF}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) flip;
                Files.write(file, bad);
                assertThatThrownBy(() -> archive.find(3))
                        .as("byte %d flipped by %x", i, flip)
                        .isInstanceOfSatisfying(
                                DamagedModelException.class,
                                e -> assertThat(e.version()).isEqualTo(3))
                        .hasMessageContaining("base version 3 in ");
            }
        }
    }

    @Test
    void everyTruncationAndEveryTailIsFound() throws IOException {
        BaseArchive archive = new BaseArchive(directory);
        archive.put(3, base(1));
        Path file = directory.resolve("base-3.bin");
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length <= good.length + 4; length++) {
            if (length != good.length) {
                Files.write(file, Arrays.copyOf(good, length));
                assertThatThrownBy(() -> archive.find(3))
                        .as("length %d", length)
                        .isInstanceOf(DamagedModelException.class);
            }
        }
    }

    @Test
    void aFileUnderAnotherVersionsNameIsRefused() throws IOException {
        BaseArchive archive = new BaseArchive(directory);
        archive.put(3, base(1));
        Files.move(directory.resolve("base-3.bin"), directory.resolve("base-4.bin"));
        assertThatThrownBy(() -> archive.find(4))
                .isInstanceOf(DamagedModelException.class)
                .hasMessageContaining("it says it is version 3");
    }

    @Test
    void aDamagedValueIsReportedWithBothRoots() throws IOException {
        BaseArchive archive = new BaseArchive(directory);
        ModelRoot root = archive.put(3, base(1));
        Path file = directory.resolve("base-3.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> archive.find(3))
                .hasMessageContaining(root.hex())
                .hasMessageContaining("its values have");
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        BaseArchive archive = new BaseArchive(directory.resolve("gone"));
        Files.delete(directory.resolve("gone"));
        assertThatThrownBy(() -> archive.put(3, base(1)))
                .hasMessageStartingWith("base models could not be written in " + directory.resolve("gone") + ": ");
    }
}
