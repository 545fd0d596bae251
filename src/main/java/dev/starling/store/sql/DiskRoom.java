package dev.starling.store.sql;

import dev.starling.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether there is room on the disk of an H2 file. When a write fails, H2 2.5 loses the database, which has to be opened anew
 * then: it had better not come to that.
 *
 * @param directory of the file; empty for a database elsewhere
 */
record DiskRoom(Optional<Path> directory) {

    /** What is left for others, and for what H2 writes by itself. */
    private static final long NEEDED_BYTES = 64L << 20;

    private static final Pattern FILE = Pattern.compile("jdbc:h2:(?:file:)?(?!mem:|tcp:|ssl:|zip:)([^;]+).*");

    static DiskRoom of(StoreSettings settings) {
        Matcher file = FILE.matcher(settings.url());
        return new DiskRoom(
                file.matches()
                        ? Optional.ofNullable(
                                Path.of(file.group(1)).toAbsolutePath().getParent())
                        : Optional.empty());
    }

    /** Throws StoreUnavailableException if there is too little; {@code place} is what it calls the store. */
    void require(String place) {
        try {
            // A directory that is not there yet is made by H2.
            if (directory.isPresent() && Files.exists(directory.get())) {
                require(place, Files.getFileStore(directory.get()).getUsableSpace());
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("model store " + place + " cannot be reached: " + e, e);
        }
    }

    static void require(String place, long usableBytes) {
        if (usableBytes < NEEDED_BYTES) {
            String left = "model store " + place + " has " + (usableBytes >> 20)
                    + " MB left on its disk, and goes on with " + (NEEDED_BYTES >> 20);
            throw new StoreUnavailableException(left, new IOException(left));
        }
    }
}
