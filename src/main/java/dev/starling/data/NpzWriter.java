package dev.starling.data;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .npz} files that NumPy reads; the same arrays give the same bytes. */
public final class NpzWriter {

    /** The earliest time that a zip file can tell: files must not differ by when they were written. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzWriter() {}

    /** One float32 array a tensor, named as the tensor, in the layout's order. The file appears whole or not at all. */
    public static void write(Path file, Snapshot snapshot) {
        TensorLayout layout = snapshot.layout();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            TensorSpec tensor = layout.tensors().get(i);
            byte[] bytes = new byte[4 * tensor.count()];
            snapshot.bytes().position(4 * layout.offset(i)).get(bytes);
            arrays.put(tensor.name(), new NpyArray("", NpyType.FLOAT32, tensor.shape(), bytes));
        }
        write(file, arrays);
    }

    /** The arrays in the map's order. The file appears whole or not at all. */
    public static void write(Path file, Map<String, NpyArray> arrays) {
        try {
            AtomicFile.write(file, out -> writeZip(out, arrays));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeZip(OutputStream out, Map<String, NpyArray> arrays) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            byte[] header = NpyFile.header(array.getValue()).encode();
            byte[] bytes = array.getValue().toBytes();
            CRC32 crc = new CRC32();
            crc.update(header);
            crc.update(bytes);
            ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize((long) header.length + bytes.length);
            entry.setCrc(crc.getValue());
            entry.setTimeLocal(EPOCH);
            zip.putNextEntry(entry);
            zip.write(header);
            zip.write(bytes);
            zip.closeEntry();
        }
        zip.finish();
    }
}
