package dev.starling.cli;

import dev.starling.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run's directory for one process. The system lets go of the lock when that process ends in any way, so that the
 * file which is left behind means nothing.
 */
final class DirectoryLock implements AutoCloseable {

    /** In the run's directory. */
    static final String FILE = "progress/lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Throws InputException if a process that lives writes there, or nothing can be written. */
    static DirectoryLock take(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory.resolve("progress"));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new InputException(
                        directory.toString(), "is being written by a run that has not ended; wait for it, or stop it");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new InputException(directory.toString(), "cannot be written (" + e + ")");
        }
    }

    /** As above, but waits for a process that still writes there to end. */
    static DirectoryLock await(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            throw new InputException(directory.toString(), "is not the directory of a run, as this node sees it");
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.lock();
            return new DirectoryLock(channel);
        } catch (IOException | OverlappingFileLockException e) {
            throw new InputException(directory.toString(), "cannot be locked (" + e + ")");
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
