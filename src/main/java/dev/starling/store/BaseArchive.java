package dev.starling.store;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Base versions that personal models still start from: one file each, {@code base-<version>.bin}, in a directory that
 * one archive has for itself. A file appears whole or not at all, whenever the process is killed, and what is read is
 * verified by its root. Safe to use from many threads; methods throw UncheckedIOException if the disk fails.
 */
public final class BaseArchive {

    private static final Pattern NAME = Pattern.compile("base-(0|[1-9][0-9]{0,8})\\.bin");
    private static final String UNFINISHED = ".tmp";

    private final Path directory;

    /** Creates {@code directory} if need be, and removes what a killed process left unfinished in it. */
    public BaseArchive(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "base-*" + UNFINISHED)) {
                for (Path file : unfinished) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw failed("made", e);
        }
    }

    private UncheckedIOException failed(String done, IOException e) {
        return new UncheckedIOException("base models could not be " + done + " in " + directory + ": " + e, e);
    }

    /** Size of a version of this layout as it is kept and as a phone would download it: header, names and values. */
    public static long encodedBytes(TensorLayout layout) {
        return BaseFile.size(layout);
    }

    /** Keeps {@code base} as {@code version} (≥ 0), in place of what was kept under that number. */
    public ModelRoot put(int version, Snapshot base) {
        if (version < 0) {
            throw new IllegalArgumentException("versions count up from 0, got " + version);
        }
        ModelRoot root = ModelRoot.of(base);
        try {
            Path written = Files.createTempFile(directory, "base-" + version + "-", UNFINISHED);
            Files.write(written, BaseFile.encode(version, root, base));
            Files.move(written, file(version), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("written", e);
        }
        return root;
    }

    /** The base kept as {@code version}, if any; throws DamagedModelException if it is not what was kept. */
    public Optional<Snapshot> find(int version) {
        try {
            byte[] bytes = Files.readAllBytes(file(version));
            return Optional.of(BaseFile.decode(version, file(version).toString(), bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** All versions that are kept. */
    public SortedSet<Integer> versions() {
        SortedSet<Integer> versions = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    versions.add(Integer.parseInt(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
        return versions;
    }

    /** Deletes all versions but {@code kept}, and says which; versions in {@code kept} need not be there. */
    public List<Integer> retainOnly(Set<Integer> kept) {
        List<Integer> deleted = new ArrayList<>();
        try {
            for (int version : versions()) {
                if (!kept.contains(version)) {
                    Files.deleteIfExists(file(version));
                    deleted.add(version);
                }
            }
        } catch (IOException e) {
            throw failed("cleared", e);
        }
        return deleted;
    }

    private Path file(int version) {
        return directory.resolve("base-" + version + ".bin");
    }
}
