package dev.starling;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The classes under test for the JVMs that tests start, dozens of them: packed into jars and laid out by the JVM beforehand
 * (class data sharing, which knows no directories), as the launcher does it for users. A third of each JVM's work is saved.
 *
 * <p>Made by the first test that asks, and again when a class or the class path has changed; kept in {@code target/packed}.
 */
public final class PackedClasses {

    private static final Path HOME = Path.of("target", "packed").toAbsolutePath();
    private static final long DEADLINE_SECONDS = 180;

    private static final PackedClasses SHARED = made();

    private final Path directory;

    private PackedClasses(Path directory) {
        this.directory = directory;
    }

    /** The class path of this JVM, with jars where it has directories. */
    public static String classPath() {
        return SHARED.path();
    }

    /** Options that make a JVM with this class path start from what is laid out; it starts without if that does not fit. */
    public static List<String> options() {
        Path archive = SHARED.archive();
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }

    private static List<Path> ownPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    private Path archive() {
        return directory.resolve("classes.jsa");
    }

    private Path jar(Path classes) {
        return directory.resolve(classes.getFileName() + ".jar");
    }

    private String path() {
        return ownPath().stream()
                .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static PackedClasses made() {
        try {
            Files.createDirectories(HOME);
            PackedClasses packed = new PackedClasses(HOME.resolve(fingerprint()));
            // Of several test JVMs, one does it and the others wait.
            try (FileChannel channel = FileChannel.open(
                            HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(packed.directory.resolve("done"))) {
                    packed.make();
                }
            }
            return packed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes whenever a class, a library or the JVM does. */
    private static String fingerprint() throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
        for (Path entry : ownPath()) {
            for (Path file : files(entry)) {
                all.append(file)
                        .append(Files.size(file))
                        .append(Files.getLastModifiedTime(file).toMillis());
            }
        }
        CRC32 sum = new CRC32();
        sum.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static List<Path> files(Path entry) throws IOException {
        if (!Files.exists(entry)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void make() throws IOException {
        forgetOthers();
        Files.createDirectories(directory);
        for (Path entry : ownPath()) {
            if (Files.isDirectory(entry)) {
                pack(entry, jar(entry));
            }
        }
        layOut();
        Files.createFile(directory.resolve("done"));
    }

    /** What was made of earlier classes, and what was left half made: 100 MB each. */
    private static void forgetOthers() throws IOException {
        try (Stream<Path> earlier = Files.list(HOME)) {
            for (Path one : earlier.filter(Files::isDirectory).toList()) {
                try (Stream<Path> all = Files.walk(one)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /** Directories have entries, too: Flyway looks its scripts up by them. */
    private static void pack(Path classes, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : all.filter(path -> !path.equals(classes)).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (!Files.isDirectory(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
    }

    /** A first, very short run shows the JVM what will be needed. Nothing depends on it: without, JVMs start more slowly. */
    private void layOut() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + archive()));
        command.addAll(opened());
        command.addAll(List.of(
                "-cp",
                path(),
                "-Dstarling.log=" + directory.resolve("first.log"),
                "-Dlogback.configurationFile=conf/logback.xml",
                "-Dconfig.file=conf/application.conf",
                "dev.starling.cli.Main",
                "run",
                "simulations/quickstart.conf",
                "--quiet",
                "--set",
                "rounds.max=1",
                "--set",
                "store.policy=delta",
                "--nodes",
                "2",
                "--out",
                directory.resolve("first").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("first.out").toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            } else if (process.exitValue() != 0) {
                System.err.println("the first run failed: see " + directory.resolve("first.out"));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What this JVM opens for Pekko, ND4J and JavaCPP. */
    public static List<String> opened() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--"))
                .toList();
    }
}
