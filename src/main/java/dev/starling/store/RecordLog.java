package dev.starling.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file of records that only grows at its end: magic, then each record behind its length and its CRC-32, both 4 bytes,
 * big-endian. A process that is killed may leave a part of a record at the end: what is read ends before it. Not
 * thread-safe.
 */
public final class RecordLog implements AutoCloseable {

    private static final byte[] MAGIC = "STARLING LOG 1\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 8;

    private final FileChannel channel;

    private RecordLog(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The whole records of {@code file}, in order, up to the first that is torn or damaged; none if there is no such
     * file, or not even its magic was written.
     */
    public static List<byte[]> read(Path file) throws IOException {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<byte[]> records = new ArrayList<>();
        if (bytes.remaining() < MAGIC.length || !Arrays.equals(take(bytes, MAGIC.length), MAGIC)) {
            return records;
        }
        while (bytes.remaining() >= HEADER) {
            int length = bytes.getInt();
            int crc = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                break;
            }
            byte[] record = take(bytes, length);
            if (crc(length, record) != crc) {
                break;
            }
            records.add(record);
        }
        return records;
    }

    /** Opens {@code file} to go on behind {@code records}, which must be its first ones; what follows them is cut off. */
    public static RecordLog open(Path file, List<byte[]> records) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = MAGIC.length;
        for (byte[] record : records) {
            end += HEADER + record.length;
        }
        if (records.isEmpty()) {
            channel.truncate(0);
            write(channel, ByteBuffer.wrap(MAGIC));
        }
        channel.truncate(end).position(end);
        return new RecordLog(channel);
    }

    /** Adds {@code record}; it survives this process at once, the machine after {@link #force}. */
    public void append(byte[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length);
        bytes.putInt(record.length).putInt(crc(record.length, record)).put(record);
        write(channel, bytes.flip());
    }

    /** Returns when everything appended so far is on the disk. */
    public void force() throws IOException {
        channel.force(true);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    /** Over the length too: zeros that a crash left at the end are no records. */
    private static int crc(int length, byte[] record) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(4).putInt(0, length));
        crc.update(record);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
