package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Opening the files that a scenario names: they must exist, may be gzipped, and are hashed. */
final class InputFiles {

    /** Tables of text: in memory they take ten times as much. */
    static final long MAX_TEXT_BYTES = 256 << 20;

    static final long MAX_LINE_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private InputFiles() {}

    /** InputException that names every file that cannot be read and says what to do. */
    static void require(List<Path> files) {
        List<Problem> problems = files.stream()
                .distinct()
                .filter(file -> !Files.isRegularFile(file) || !Files.isReadable(file))
                .map(file -> new Problem(
                        file.toString(),
                        (Files.exists(file) ? "is not a file that can be read" : "no such file")
                                + "; set the environment variable STARLING_DATA, or data.directory in the"
                                + " scenario, to the directory that holds the data"))
                .toList();
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
    }

    static void require(Path file) {
        require(List.of(file));
    }

    /** The content of {@code file}, unpacked if its first bytes say that it is gzipped, whatever its name. */
    static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            in.mark(2);
            boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            if (!gzipped) {
                return in;
            }
            long packed = Files.size(file);
            return new LimitedInput(
                    new GZIPInputStream(in, BUFFER_BYTES),
                    file.toString(),
                    Packing.mostUnpacked(packed),
                    Long.MAX_VALUE,
                    Packing.rule(packed));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** As {@link #open}, for lines of text in UTF-8, which become many small objects; a byte order mark is skipped. */
    static InputStream openText(Path file) throws IOException {
        InputStream limited = new LimitedInput(
                open(file),
                file.toString(),
                MAX_TEXT_BYTES,
                MAX_LINE_BYTES,
                "must be at most " + MAX_TEXT_BYTES + " bytes of text");
        try {
            return TextEncoding.plain(limited, file.toString());
        } catch (IOException | InputException e) {
            limited.close();
            throw e;
        }
    }

    /** What to say of a text in which {@link TextEncoding#decoder} met bytes that are not UTF-8. */
    static InputException notUtf8(Path file) {
        try (InputStream in = openText(file)) {
            return new InputException(file + ": line " + TextEncoding.badLine(in), TextEncoding.notUtf8());
        } catch (IOException e) {
            return unreadable(file, e);
        }
    }

    static InputException unreadable(Path file, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new InputException(
                file.toString(), "cannot be read to its end, it may be truncated or damaged: " + reason);
    }

    static List<DataFile> hashes(List<Path> files) {
        return files.stream()
                .map(file -> new DataFile(file.toString(), sha256(file)))
                .toList();
    }

    private static String sha256(Path file) {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (in.read(buffer) >= 0) {
                // Reading is what feeds the digest.
            }
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
