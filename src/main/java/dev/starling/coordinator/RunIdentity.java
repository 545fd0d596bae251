package dev.starling.coordinator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.starling.base.InputException;
import dev.starling.data.DataFile;
import dev.starling.metrics.JsonFile;
import dev.starling.store.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which run a directory belongs to: all that its results depend on.
 *
 * @param run its name, under which versions are kept
 * @param software version of Starling
 * @param scenario as it runs, HOCON
 * @param files behind its data
 * @param resumed how often it was taken up again
 */
public record RunIdentity(String run, String software, String scenario, List<DataFile> files, int resumed) {

    /** In a run's directory. */
    static final String FILE = "progress/run.json";

    /** Which includes nothing: the directory may have come from elsewhere. */
    private static final ConfigParseOptions PLAIN =
            ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    public RunIdentity {
        files = List.copyOf(files);
    }

    /** Whether {@code directory} is that of a run that can be resumed. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /** Of the run in {@code directory}; InputException if it cannot be read. */
    public static RunIdentity read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Config json = ConfigFactory.parseString(Files.readString(file), PLAIN);
            List<DataFile> files = json.getConfigList("dataFiles").stream()
                    .map(data -> new DataFile(data.getString("name"), data.getString("sha256")))
                    .toList();
            return new RunIdentity(
                    json.getString("run"),
                    json.getString("software"),
                    json.getString("scenario"),
                    files,
                    json.getInt("resumed"));
        } catch (IOException | ConfigException e) {
            throw new InputException(file.toString(), "does not say which run this is (" + e.getMessage() + ")");
        }
    }

    void write(Path directory) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run);
        json.put("software", software);
        json.put("resumed", resumed);
        json.put(
                "dataFiles",
                files.stream()
                        .map(file -> Map.of("name", file.name(), "sha256", file.sha256()))
                        .toList());
        json.put("scenario", scenario);
        byte[] text = JsonFile.text(json).getBytes(StandardCharsets.UTF_8);
        DurableFile.write(directory.resolve(FILE), out -> out.write(text));
    }

    /** The same run, taken up once more with other limits. */
    public RunIdentity again(String limited) {
        return new RunIdentity(run, software, limited, files, resumed + 1);
    }

    /** The same run, taken up once more. */
    public RunIdentity again() {
        return new RunIdentity(run, software, scenario, files, resumed + 1);
    }

    /** Its name in a cluster, whose nodes may still know it from before it was taken up again. */
    public String session() {
        return resumed == 0 ? run : run + "~" + resumed;
    }
}
