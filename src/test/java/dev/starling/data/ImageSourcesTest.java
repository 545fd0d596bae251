package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static dev.starling.data.TestFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Cifar10;
import dev.starling.data.DataSettings.Idx;
import dev.starling.data.DataSettings.Iid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourcesTest {

    /** Two images of 1×3 pixels. */
    private static final byte[] IMAGES = bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 255, 5, 6);

    private static final byte[] LABELS = bytes(0, 0, 8, 1, 0, 0, 0, 2, 4, 1);

    @TempDir
    Path directory;

    private FederatedData load(byte[] images, byte[] labels) {
        Path imageFile = TestFiles.write(directory.resolve("images"), images);
        Path labelFile = TestFiles.write(directory.resolve("labels"), labels);
        Idx source = new Idx(imageFile, labelFile, imageFile, labelFile);
        RawData raw = DataLoader.load(TestFiles.settings(source, new Iid()), 1, new Seeds(1));
        assertThat(DataLoader.shape(TestFiles.settings(source, new Iid())))
                .isEqualTo(raw.featurized(raw.fitFeaturizer()).shape());
        return raw.featurized(raw.fitFeaturizer());
    }

    @Test
    void idxIsReadGzippedOrNot() {
        for (FederatedData data : List.of(load(IMAGES, LABELS), load(TestFiles.gzip(IMAGES), TestFiles.gzip(LABELS)))) {
            assertThat(data.shape()).isEqualTo(new DataShape(List.of(1, 1, 3), 5, true));
            assertThat(TestFiles.features(data.test())).containsExactly(1, 2, 3, 255, 5, 6);
            assertThat(TestFiles.labels(data.test())).containsExactly(4, 1);
        }
    }

    @Test
    void damagedIdxIsRefused() {
        assertRefused(
                () -> load(Arrays.copyOf(IMAGES, 20), LABELS), "images", "truncated", "[2, 1, 3] = 6 bytes, got 4");
        assertRefused(() -> load(Arrays.copyOf(IMAGES, 10), LABELS), "images", "ends within the header");
        assertRefused(() -> load(Arrays.copyOf(IMAGES, 30), LABELS), "images", "more bytes than its header announces");
        byte[] packed = TestFiles.gzip(IMAGES);
        assertRefused(() -> load(Arrays.copyOf(packed, packed.length - 12), LABELS), "images", "truncated");
        assertRefused(() -> load(LABELS, LABELS), "images", "must have 3 dimensions, got 1");
        assertRefused(() -> load("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), LABELS), "not an IDX file");
        assertRefused(
                () -> load(IMAGES, bytes(0, 0, 8, 1, 0, 0, 0, 1, 4)), "labels", "as many labels as", "(2), got 1");
        assertRefused(
                () -> load(bytes(0, 0, 8, 3, 127, 0, 0, 2, 127, 0, 0, 1, 127, 0, 0, 3), LABELS),
                "images",
                "must hold at most 1073741824 bytes");
        assertRefused(
                () -> load(bytes(0, 0, 8, 3, 255, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3), LABELS),
                "at least 1, got 4278190082");
    }

    @Test
    void allMissingFilesAreNamedAtOnce() {
        Path none = directory.resolve("none");
        Path nil = directory.resolve("nil");
        Idx source = new Idx(none, nil, none, nil);
        assertRefused(
                () -> DataLoader.load(TestFiles.settings(source, new Iid()), 1, new Seeds(1)),
                "none: no such file",
                "nil: no such file",
                "STARLING_DATA");
    }

    @Test
    void cifarIsReadGzippedOrNot() {
        byte[] batch = new byte[2 * 3073];
        batch[0] = 7;
        batch[1] = (byte) 200;
        batch[3073] = 9;
        batch[2 * 3073 - 1] = 17;
        Path plain = TestFiles.write(directory.resolve("plain.bin"), batch);
        Path packed = TestFiles.write(directory.resolve("packed.bin.gz"), TestFiles.gzip(batch));
        Cifar10 source = new Cifar10(List.of(plain, packed), List.of(packed));
        RawData raw = DataLoader.load(TestFiles.settings(source, new Iid()), 4, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        assertThat(data.shape()).isEqualTo(new DataShape(List.of(3, 32, 32), 10, true));
        assertThat(data.trainingCount(3)).isEqualTo(1);
        assertThat(TestFiles.labels(data.test())).containsExactly(7, 9);
        float[] pixels = TestFiles.features(data.test());
        assertThat(pixels[0]).isEqualTo(200);
        assertThat(pixels[2 * 3072 - 1]).isEqualTo(17);
        assertThat(raw.files()).hasSize(3);
    }

    @Test
    void damagedCifarIsRefused() {
        Path cut = TestFiles.write(directory.resolve("cut.bin"), new byte[3000]);
        byte[] batch = new byte[2 * 3073];
        batch[3073] = 10;
        Path wrong = TestFiles.write(directory.resolve("wrong.bin"), batch);
        assertRefused(
                () -> Cifar10Source.read(new Cifar10(List.of(cut), List.of(cut))), "multiple of 3073", "got 3000");
        assertRefused(
                () -> Cifar10Source.read(new Cifar10(List.of(wrong), List.of(wrong))),
                "wrong.bin: byte 3073",
                "label must be 0 to 9, got 10 for image 1");
    }
}
