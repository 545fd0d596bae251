package dev.starling.cli;

import dev.starling.metrics.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Facts about this process that go into {@code run.json} and {@code --version}. */
final class Machine {

    private Machine() {}

    /** Starling's version; {@code development} when not run from its jar. */
    static String version() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Libraries on which the bits of a result can depend: names and versions of the jars in {@code directory}. */
    static Map<String, String> libraries(Path directory) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String name : List.of("pekko-cluster-typed_2.13", "nd4j-native", "openblas", "dnnl", "javacpp", "kryo")) {
            files(directory)
                    .filter(file -> file.matches(Pattern.quote(name) + "-\\d[^-]*(-[M\\d][^-]*)?\\.jar"))
                    .findFirst()
                    .ifPresent(file -> versions.put(name, file.substring(name.length() + 1, file.length() - 4)));
        }
        return versions;
    }

    /** Name of the CPU, where the system tells it. */
    static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // Not Linux.
        }
    }

    /** What a run's results say of how they came about. */
    static RunManifest manifest(List<String> commandLine) {
        return new RunManifest(version(), commandLine, libraries(libraryDirectory()), processor(), Instant.now());
    }

    /** Where the build puts them. */
    static Path libraryDirectory() {
        return Path.of(System.getProperty("starling.home", "."), "target", "lib");
    }

    private static Stream<String> files(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? Stream.empty() : Stream.of(names);
    }
}
