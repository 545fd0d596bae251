package dev.starling.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all: written beside their place, then moved onto it. */
final class WholeFile {

    private WholeFile() {}

    /** Fills a path that nobody looks at yet. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    static void write(Path file, String text) throws IOException {
        write(file, beside -> Files.write(beside, text.getBytes(StandardCharsets.UTF_8)));
    }

    static void write(Path file, Content content) throws IOException {
        // The ending stays: some writers choose their format by it.
        Path beside = file.resolveSibling(".writing-" + file.getFileName());
        try {
            content.writeTo(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
