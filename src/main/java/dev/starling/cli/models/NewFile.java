package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.data.NpzWriter;
import dev.starling.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a command makes: there whole or not at all, and never in place of another unless that was asked for. */
final class NewFile {

    private NewFile() {}

    /** Throws InputException, before any work is done, if {@code file} must not be written. */
    static void require(Path file, boolean force) {
        if (Files.isDirectory(file)) {
            throw new InputException("--out", "must be a file, but " + file + " is a directory");
        }
        if (Files.exists(file) && !force) {
            throw new InputException("--out", "must be a new file, but " + file + " exists; --force replaces it");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && Files.exists(parent) && !Files.isDirectory(parent)) {
            throw new InputException("--out", "must be in a directory, but " + parent + " is a file");
        }
    }

    /** As {@link #require}, and must have an ending that says what it is. */
    static void require(Path file, String ending, boolean force) {
        if (!file.toString().endsWith(ending)) {
            throw new InputException("--out", "must end in " + ending + ", got " + file);
        }
        require(file, force);
    }

    static void model(Path file, Snapshot model) {
        try {
            NpzWriter.write(file, model);
        } catch (UncheckedIOException e) {
            throw unwritable(file, e);
        }
    }

    static void text(Path file, String text) {
        bytes(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void bytes(Path file, byte[] content) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.write(beside, content);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static InputException unwritable(Path file, Exception failure) {
        return new InputException("--out", "must be a file that can be written, got " + file + " (" + failure + ")");
    }
}
