package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on loopback: as many JVMs as there are, the result has the same bits. */
@Tag("cluster")
class ClusterProcessesTest {

    private static final String SCENARIO = ParityFleet.scenario(3, 5);

    /** Long enough that a node can be lost in the middle of it. */
    private static final String LONG = "local.epochs = 60\nrounds.max = 20\nevaluate-devices = false\n";

    private static final Path QUICKSTART = Path.of("simulations/quickstart.conf");

    @TempDir
    private static Path shared = Path.of("set by JUnit");

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static String rootOfOneNode = "";

    @BeforeAll
    static void runOnOneNode() {
        rootOfOneNode = FleetInOneJvm.run(SCENARIO, 2, shared).root();
    }

    private Path scenario(String settings) throws IOException {
        return Files.writeString(directory.resolve("fleet.conf"), SCENARIO + settings);
    }

    private String summary(String run, String field) throws IOException {
        return ParityFleet.summary(directory.resolve(run), field);
    }

    private StarlingProcess starling(List<String> arguments) throws IOException {
        return StarlingProcess.start(directory.resolve("starling.log"), ParityFleet.QUICKER, arguments);
    }

    private StarlingProcess node(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("node", "--threads", "1"));
        words.addAll(List.of(options));
        return starling(words);
    }

    /** On nodes of its own. */
    private StarlingProcess run(Path scenario, int nodes, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", scenario.toString(), "--nodes", String.valueOf(nodes)));
        words.addAll(List.of("--threads", "1", "--out", directory.resolve("run").toString()));
        words.addAll(List.of(options));
        return starling(words);
    }

    /** Bytes are as they are on the wire, of every message of the run in either direction. */
    @Test
    void threeJvmsGiveTheBitsOfOneAndTheirTrafficIsBoundedByModelAndReporters() throws Exception {
        try (StarlingProcess run = run(QUICKSTART, 3, "--set", "rounds.max=6")) {
            run.awaitEnd(ExitCode.OK);
        }
        assertThat(summary("run", "modelRoot"))
                .isEqualTo(FleetInOneJvm.run(
                                Files.readString(QUICKSTART) + "\nrounds.max = 6\n", 2, directory.resolve("here"))
                        .root());
        assertThat(summary("run", "nodes")).isEqualTo("3");
        // The node that coordinates sends itself nothing: two are left.
        double model = 2 * 4.0 * Long.parseLong(summary("run", "parameters"));
        List<CSVRecord> rows = rows(directory.resolve("run").resolve("rounds.csv"));
        assertThat(rows).hasSize(6);
        for (CSVRecord row : rows) {
            double bytes = Double.parseDouble(row.get("nodeBytes"));
            double reporters = Double.parseDouble(row.get("reportedDevices"));
            assertThat(bytes).isBetween(model, 2.2 * model + 300 * reporters);
        }
        assertThat(rows.stream().map(row -> Double.parseDouble(row.get("nodeBytes"))))
                .as("most bases go out as deltas")
                .anyMatch(bytes -> bytes < 1.8 * model);
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    /** Nodes fold a sum for each region, and fetch the bases of those that their devices live in. */
    @Test
    void regionsOverTwoJvmsGiveTheBitsOfOne() throws Exception {
        String tiers = """
                fleet.regions { east.share = 0.5, north.share = 0.3, west.share = 0.2 }
                rounds.tiers.regional-rounds = 2
                """;
        try (StarlingProcess run = run(scenario(tiers), 2)) {
            run.awaitEnd(ExitCode.OK);
        }
        assertThat(summary("run", "modelRoot"))
                .isEqualTo(FleetInOneJvm.run(SCENARIO + tiers, 2, shared.resolve("tiers"))
                        .root())
                .isNotEqualTo(rootOfOneNode);
    }

    @Test
    void nodesJoinedByHandServeRunAfterRun() throws Exception {
        try (StarlingProcess first = node()) {
            String seed = ParityFleet.addressOf(first);
            try (StarlingProcess second = node("--seed-node", seed)) {
                second.awaitLine("joined the cluster");
                for (String name : List.of("one", "two")) {
                    try (StarlingProcess run =
                            starling(ParityFleet.runOn(seed, scenario(""), directory.resolve(name)))) {
                        run.awaitEnd(ExitCode.OK);
                    }
                    assertThat(summary(name, "modelRoot")).isEqualTo(rootOfOneNode);
                    assertThat(summary(name, "nodes")).isEqualTo("3");
                }
                assertThat(Files.readString(directory.resolve("one/devices.csv")))
                        .isEqualTo(Files.readString(directory.resolve("two/devices.csv")));
            }
        }
    }

    @Test
    void aNodeWithOtherDataIsRefused() throws Exception {
        Path other = directory.resolve("other.npz");
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/parity/data.npz"));
        // The same arrays in another file: an archive comment of one character.
        byte[] commented = Arrays.copyOf(bytes, bytes.length + 1);
        commented[bytes.length - 2] = 1;
        Files.write(other, commented);
        try (StarlingProcess node = node("--set", "data.source.file=" + other)) {
            String seed = ParityFleet.addressOf(node);
            node.awaitLine("joined the cluster");
            try (StarlingProcess run = starling(ParityFleet.runOn(seed, scenario(""), directory.resolve("run")))) {
                String output = run.awaitEnd(ExitCode.BAD_INPUT);
                assertThat(output)
                        .contains(seed)
                        .contains("other.npz")
                        .contains("other data")
                        .contains("SHA-256");
            }
        }
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void aPortInUseIsBadInput() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            String out = directory.resolve("run").toString();
            for (List<String> words : List.of(
                    List.of("run", scenario("").toString(), "--out", out, "--port", port),
                    List.of("node", "--port", port))) {
                ModelsLine.Result result = ModelsLine.real(words.toArray(String[]::new));
                assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT);
                assertThat(result.out() + result.err())
                        .contains("--port")
                        .contains(port)
                        .hasLineCount(1);
            }
        }
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void ctrlCKeepsTheRoundsSoFar() throws Exception {
        assumeFalse(InterruptsTest.interruptsAreIgnored(), "this process was started with SIGINT ignored");
        try (StarlingProcess run = run(scenario(LONG + "rounds.max = 200\n"), 2)) {
            run.awaitLine("round ");
            List<ProcessHandle> nodes = run.nodes();
            assertThat(nodes).hasSize(1);
            run.signal("INT");
            run.awaitEnd(ExitCode.INTERRUPTED);
            assertThat(nodes).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(summary("run", "status")).isEqualTo("stopped");
        assertThat(Integer.parseInt(summary("run", "rounds"))).isPositive().isLessThan(200);
        assertThat(Files.readAllLines(directory.resolve("run/rounds.csv")))
                .hasSize(1 + Integer.parseInt(summary("run", "rounds")));
        assertThat(directory.resolve("run/model/base.npz")).exists();
    }

    @Test
    void aNodeKilledInTheMiddleOfARoundCostsTimeOnly() throws Exception {
        String expected =
                FleetInOneJvm.run(SCENARIO + LONG, 2, directory.resolve("here")).root();
        try (StarlingProcess run = run(scenario(LONG), 3)) {
            run.awaitLine("round ");
            StarlingProcess.signal("KILL", run.nodes().get(0));
            run.awaitEnd(ExitCode.OK);
        }
        assertThat(summary("run", "modelRoot")).isEqualTo(expected);
        assertThat(summary("run", "rounds")).isEqualTo("20");
    }

    @Test
    void aNodeKilledInASessionLeavesPersonalModelsAsTheyWouldBe() throws Exception {
        String settings = """
                rounds.max = 2
                personal { sessions = 3, epochs = 60, learning-rate = 0.01, momentum = 0.5, keep-momentum = true }
                """;
        FleetInOneJvm.Run expected = FleetInOneJvm.run(SCENARIO + settings, 2, directory.resolve("here"));
        try (StarlingProcess run = run(scenario(settings), 3)) {
            run.awaitLine("round 2/2"); // the first session opens
            StarlingProcess.signal("KILL", run.nodes().get(0));
            run.awaitEnd(ExitCode.OK);
        }
        assertThat(summary("run", "modelRoot")).isEqualTo(expected.root());
        List<String> losses = Files.readAllLines(directory.resolve("run").resolve("devices.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[11])
                .toList();
        assertThat(losses)
                .hasSize(200)
                .isEqualTo(expected.outcome().devices().stream()
                        .map(device -> Double.isNaN(device.personal().loss())
                                ? ""
                                : String.valueOf(device.personal().loss()))
                        .toList());
    }
}
