package dev.starling.cli;

import dev.starling.base.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Picks the directory that a run's results go into, and makes it. */
public final class RunDirectory {

    /** The log of a run, beside its results. */
    static final String LOG = "starling.log";

    private RunDirectory() {}

    /** {@code out} if given, which must be new or empty; else {@code runs/<name>-<n>} with the next free n. */
    public static Path reserve(Path workingDirectory, String name, Optional<Path> out) {
        return out.isPresent() ? take(out.get()) : next(workingDirectory.resolve("runs"), name);
    }

    /** Takes a directory back in which nothing was done yet; bad input leaves nothing behind. */
    static void release(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(LOG));
            for (String file : List.of("lock", "rounds.log", "state.bin", "run.json")) {
                Files.deleteIfExists(directory.resolve("progress").resolve(file));
            }
            Files.deleteIfExists(directory.resolve("progress"));
            Files.deleteIfExists(directory.resolve("model/versions"));
            Files.deleteIfExists(directory.resolve("model"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // Something else is in it: then it is worth keeping.
        }
    }

    /** What the file system says, in words: some of its exceptions carry nothing but the name of the file. */
    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "it cannot be made there";
        }
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }

    private static Path take(Path directory) {
        if (directory.toString().isEmpty()) {
            throw new InputException("--out", "must name a directory, got nothing");
        }
        try {
            Files.createDirectories(directory);
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new InputException(
                            "--out", "must be a new or empty directory, but " + directory + " holds files already");
                }
            }
            return directory;
        } catch (FileAlreadyExistsException e) {
            throw new InputException("--out", "must be a directory, but " + e.getFile() + " is a file");
        } catch (IOException e) {
            throw new InputException(
                    "--out", "must be a directory that can be written, got " + directory + " (" + reason(e) + ")");
        }
    }

    private static Path next(Path runs, String name) {
        // A name may hold anything; a directory's should be easy to type.
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        try {
            Files.createDirectories(runs);
            int n = 1;
            while (true) {
                Path directory = runs.resolve(safe + "-" + n);
                try {
                    // Atomic, so that two runs that start together do not share one.
                    return Files.createDirectory(directory);
                } catch (FileAlreadyExistsException taken) {
                    n++;
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    runs.toString(),
                    "results need a directory that can be written; choose one with --out (" + reason(e) + ")");
        }
    }
}
