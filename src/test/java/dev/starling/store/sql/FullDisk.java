package dev.starling.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CompletableFuture;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk for H2 files, {@code full:} before their path, which can be full: then it refuses every write. */
public final class FullDisk extends FilePathWrapper {

    private static volatile boolean full;
    private static volatile CompletableFuture<Void> refused = new CompletableFuture<>();

    /** URL of a database on this disk. */
    static String url(String path) {
        FilePath.register(new FullDisk());
        return "jdbc:h2:full:" + path;
    }

    static void fill() {
        refused = new CompletableFuture<>();
        full = true;
    }

    static void empty() {
        full = false;
    }

    /** Waits until something was not written since the disk is full, whoever wanted to write it. */
    static void awaitRefusal() {
        refused.join();
    }

    private static void requireRoom() throws IOException {
        if (full) {
            refused.complete(null);
            throw new IOException("No space left on device");
        }
    }

    @Override
    public String getScheme() {
        return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel file;

        private Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            requireRoom();
            return file.write(source, position);
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
