package dev.starling.cli.processes;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How far a run is, from what it has written into its directory. */
public record RunFiles(Path directory) {

    /** Rounds that the run has committed. */
    public int rounds() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("rounds.csv"))) {
            return Math.max(0, (int) lines.count() - 1);
        } catch (NoSuchFileException notYet) {
            return 0;
        }
    }

    /** Whether the run has written its summary. */
    public boolean ended() {
        return Files.exists(directory.resolve("summary.json"));
    }

    /** What the run ended with; throws ProcessFailure if it did not end well. */
    public String root() throws IOException {
        if (!ended()) {
            throw new ProcessFailure("the run left no summary in " + directory);
        }
        var json = ConfigFactory.parseString(Files.readString(directory.resolve("summary.json")));
        if (!json.getString("status").equals("done")) {
            throw new ProcessFailure("the run in " + directory + " is " + json.getString("status"));
        }
        return json.getString("modelRoot");
    }
}
