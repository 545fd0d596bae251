package dev.starling.cli.drill;

import dev.starling.cli.processes.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk for a drill: it can be full, or slow. */
record Disk(Path place) {

    private static final int MEGABYTES = 768;
    private static final int BLOCK = 1 << 16;

    /** How long a slow disk takes nothing, and then everything. */
    private static final long FROZEN_MILLIS = 1800;

    private static final long THAWED_MILLIS = 200;

    /** In memory, mounted on {@code place}. */
    static Disk inMemory(Stage stage, Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        Shell.run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", place.toString());
        stage.atTheEnd(() -> Shell.attempt("umount", "-l", place.toString()));
        return new Disk(place);
    }

    /** A file system in a file, mounted on {@code place}: it can be made to wait. */
    static Disk inFile(Stage stage, Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        String image = place.resolveSibling(place.getFileName() + ".image").toString();
        Shell.run("truncate", "-s", MEGABYTES + "M", image);
        Shell.run("mkfs.ext4", "-q", image);
        Shell.run("mount", "-o", "loop", image, place.toString());
        stage.atTheEnd(() -> Shell.attempt("umount", "-l", place.toString()));
        Files.delete(place.resolve("lost+found"));
        return new Disk(place);
    }

    private Path filler() {
        return place.resolve("filler");
    }

    /** Leaves so many bytes on it, or none. */
    void fill(long leftBytes) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (leftBytes == 0 || place.toFile().getUsableSpace() > leftBytes) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!Files.exists(filler())) {
                throw full;
            }
        }
    }

    /** Leaves room again. */
    void empty() throws IOException {
        Files.delete(filler());
    }

    /** Whoever writes waits, most of the time, until {@code over}; returns when nobody waits any more. */
    void slowUntil(Patience.Condition over) throws IOException, InterruptedException {
        while (!over.holds()) {
            Shell.run("fsfreeze", "-f", place.toString());
            try {
                Thread.sleep(FROZEN_MILLIS);
            } finally {
                Shell.run("fsfreeze", "-u", place.toString());
            }
            Thread.sleep(THAWED_MILLIS);
        }
    }
}
