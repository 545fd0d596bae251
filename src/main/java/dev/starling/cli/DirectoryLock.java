package dev.starling.cli;

import dev.starling.base.InputException;
import java.io.IOException;
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

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
