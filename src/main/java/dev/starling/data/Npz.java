package dev.starling.data;

import dev.starling.base.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An {@code .npz} file: named arrays, as {@code numpy.savez} and {@code savez_compressed} write them. */
public final class Npz {

    /** No file may hold more, unpacked: a small file of zeros must not fill a node's memory. */
    static final long MAX_BYTES = NpyHeader.MAX_ARRAY_BYTES;

    private static final int MAX_ARRAYS = 10_000;
    private static final String ENDING = ".npy";

    private Npz() {}

    /** All arrays by name, in the order of the file; InputException if one is damaged, too large or not supported. */
    public static Map<String, NpyArray> readArrays(Path file) {
        return readArrays(file, name -> true);
    }

    /** Those arrays whose name is {@code wanted}. */
    static Map<String, NpyArray> readArrays(Path file, Predicate<String> wanted) {
        InputFiles.require(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            requirePacking(zip, file);
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            long total = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = name(entry);
                if (!wanted.test(name)) {
                    continue;
                }
                requireSize(total + entry.getSize(), name, file);
                NpyArray array = read(zip, entry, file + ": " + name);
                // The size in the directory may lie.
                total += (long) array.count() * array.type().bytes();
                requireSize(total, name, file);
                if (arrays.put(name, array) != null) {
                    throw new InputException(file.toString(), "must hold every array once, got " + name + " twice");
                }
            }
            return Collections.unmodifiableMap(arrays);
        } catch (ZipException e) {
            throw new InputException(file.toString(), "is not an .npz (zip) file or is truncated: " + e.getMessage());
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** What the directory says of the arrays must be possible, and no bomb; nothing is unpacked yet. */
    private static void requirePacking(ZipFile zip, Path file) throws IOException {
        if (zip.size() > MAX_ARRAYS) {
            throw new InputException(file.toString(), "must hold at most " + MAX_ARRAYS + " arrays, got " + zip.size());
        }
        long packed = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            packed += entry.getCompressedSize();
            if (entry.getSize() > Packing.mostUnpackedArray(entry.getCompressedSize())) {
                throw new InputException(file + ": " + name(entry), Packing.arrayRule(entry.getCompressedSize()));
            }
        }
        if (packed > Files.size(file)) {
            throw new InputException(
                    file.toString(),
                    "must hold every array for itself, but its arrays of " + packed + " packed bytes share the "
                            + Files.size(file) + " bytes of the file");
        }
    }

    private static void requireSize(long bytes, String name, Path file) {
        if (bytes > MAX_BYTES) {
            throw new InputException(
                    file.toString(), "must hold at most " + MAX_BYTES + " bytes, " + name + " goes beyond");
        }
    }

    /** Type and shape of those arrays whose name is {@code wanted}, without reading their elements. */
    static Map<String, NpyHeader> readHeaders(Path file, Predicate<String> wanted) {
        InputFiles.require(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            requirePacking(zip, file);
            Map<String, NpyHeader> headers = new LinkedHashMap<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (wanted.test(name(entry))) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        headers.put(name(entry), NpyHeader.read(in, file + ": " + name(entry)));
                    } catch (EOFException | ZipException e) {
                        throw new InputException(
                                file + ": " + name(entry), "is damaged or truncated: " + e.getMessage());
                    }
                }
            }
            return headers;
        } catch (ZipException e) {
            throw new InputException(file.toString(), "is not an .npz (zip) file or is truncated: " + e.getMessage());
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** InputException that lists what there is if one of {@code names} is missing. */
    static void requireNames(Path file, List<String> names) {
        InputFiles.require(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            requirePacking(zip, file);
            List<String> there =
                    Collections.list(zip.entries()).stream().map(Npz::name).toList();
            List<String> missing =
                    names.stream().filter(name -> !there.contains(name)).toList();
            if (!missing.isEmpty()) {
                String arrays = (missing.size() > 1 ? "arrays " : "an array ") + String.join(", ", missing);
                throw new InputException(file.toString(), "must hold " + arrays + ", got " + there);
            }
        } catch (ZipException e) {
            throw new InputException(file.toString(), "is not an .npz (zip) file or is truncated: " + e.getMessage());
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
    }

    /** The named array; InputException that lists what there is if it is missing. */
    static <T> T require(Map<String, T> arrays, String name, Path file) {
        T array = arrays.get(name);
        if (array == null) {
            throw new InputException(
                    file.toString(), "must hold an array " + name + ", got " + List.copyOf(arrays.keySet()));
        }
        return array;
    }

    private static NpyArray read(ZipFile zip, ZipEntry entry, String place) throws IOException {
        // What the directory says has been found harmless; what is there may be more.
        InputStream unpacked = new LimitedInput(
                zip.getInputStream(entry),
                place,
                entry.getSize(),
                Long.MAX_VALUE,
                "is damaged: it has more bytes than the archive says (" + entry.getSize() + ")");
        try (CheckedInputStream in = new CheckedInputStream(new BufferedInputStream(unpacked), new CRC32())) {
            NpyArray array = NpyFile.read(in, place);
            // ZipFile itself does not compare checksums.
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new InputException(place, "is damaged: its checksum does not fit its bytes");
            }
            return array;
        } catch (EOFException | ZipException e) {
            throw new InputException(place, "is damaged or truncated: " + e.getMessage());
        }
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
