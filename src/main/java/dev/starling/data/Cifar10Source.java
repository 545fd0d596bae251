package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Cifar10;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 in its binary format (Krizhevsky 2009): records of one label byte and 3 × 32 × 32 pixels, red plane first,
 * row by row. That is the order of {@code [channels, height, width]}.
 */
final class Cifar10Source {

    static final DataShape SHAPE = new DataShape(List.of(3, 32, 32), 10, true);

    private static final int PIXELS = 3 * 32 * 32;
    private static final int RECORD = 1 + PIXELS;
    /** Five times the original set of 60,000 images, and below the largest Java array. */
    private static final int MAX_RECORDS = 300_000;

    private Cifar10Source() {}

    static DataSet read(Cifar10 source) {
        return DataSet.of("cifar10", table(source.train()), table(source.test()), SHAPE);
    }

    private static Table table(List<Path> files) {
        List<byte[]> batches = new ArrayList<>();
        int records = 0;
        for (Path file : files) {
            byte[] batch = batch(file, MAX_RECORDS - records);
            batches.add(batch);
            records += batch.length / RECORD;
        }
        byte[] pixels = new byte[records * PIXELS];
        int[] labels = new int[records];
        int next = 0;
        for (byte[] batch : batches) {
            for (int at = 0; at < batch.length; at += RECORD) {
                labels[next] = batch[at];
                System.arraycopy(batch, at + 1, pixels, next * PIXELS, PIXELS);
                next++;
            }
        }
        return Table.of(PIXELS, pixels, Answers.labels(labels));
    }

    private static byte[] batch(Path file, int maxRecords) {
        byte[] bytes;
        try (InputStream in = InputFiles.open(file)) {
            bytes = in.readNBytes(Math.multiplyExact(maxRecords, RECORD));
            if (in.read() >= 0) {
                throw new InputException(file.toString(), "must end within " + MAX_RECORDS + " images in all");
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw new InputException(
                    file.toString(),
                    "must be a multiple of " + RECORD + " bytes (label and 32×32×3 pixels), got " + bytes.length
                            + "; it may be truncated");
        }
        for (int at = 0; at < bytes.length; at += RECORD) {
            int label = bytes[at] & 0xff;
            if (label > 9) {
                throw new InputException(
                        file + ": byte " + at, "label must be 0 to 9, got " + label + " for image " + at / RECORD);
            }
        }
        return bytes;
    }
}
