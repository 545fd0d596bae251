package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small fleet on the data of the parity tests, and what tests need to have it trained by processes. */
final class ParityFleet {

    /** Of a process in whose cluster nodes are killed: they are missed sooner. */
    static final List<String> QUICKER = List.of(
            "-Dpekko.cluster.failure-detector.acceptable-heartbeat-pause=3s",
            "-Dpekko.cluster.split-brain-resolver.stable-after=1s");

    private static final Pattern ADDRESS = Pattern.compile("listening on (\\S+)");

    private ParityFleet() {}

    /** 40 of 200 devices a round; settings that are put behind it replace its own. */
    static String scenario(int epochs, int rounds) {
        return """
                seed = 3
                data {
                  directory = %s
                  source { kind = npz, file = data.npz }
                  partition.kind = from-file
                  hold-back = 0.1
                }
                model.network = "mlp(20)"
                local { epochs = %d, batch = 10, learning-rate = 0.05 }
                fleet.devices = 200
                rounds { max = %d, cohort = 40 }
                """.formatted(Path.of("src/test/resources/parity").toAbsolutePath(), epochs, rounds);
    }

    /** Waits until {@code node} listens, and returns where: HOST:PORT. */
    static String addressOf(StarlingProcess node) throws InterruptedException {
        Matcher line = ADDRESS.matcher(node.awaitLine("listening on "));
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    /** The words that run {@code scenario} on the cluster of the node at {@code seed}. */
    static List<String> runOn(String seed, Path scenario, Path out, String... more) {
        List<String> words = new ArrayList<>(List.of("run", scenario.toString(), "--out", out.toString()));
        words.addAll(List.of("--cluster", "--seed-node", seed, "--threads", "1"));
        words.addAll(List.of(more));
        return words;
    }

    /** A field of the summary that a run has left. */
    static String summary(Path run, String field) throws IOException {
        return new ObjectMapper()
                .readTree(run.resolve("summary.json").toFile())
                .get(field)
                .asText();
    }
}
