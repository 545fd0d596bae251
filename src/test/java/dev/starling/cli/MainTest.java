package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.cluster.LateStartException;
import dev.starling.cluster.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final CommandLineFixture starling = new CommandLineFixture();
    private String scenario = "";
    private String out = "";

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.writeString(directory.resolve("sample.conf"), "").toString();
        out = directory.resolve("results").toString();
    }

    @Test
    void aRunEndsWithItsTable() {
        assertThat(starling.execute("run", scenario, "--out", out)).isEqualTo(ExitCode.OK);

        assertThat(starling.err()).isEmpty();
        assertThat(starling.out())
                .contains("round 3/3  accuracy 0.0300")
                .containsPattern("rounds +3\n")
                .containsPattern("accuracy +0.0300 on the test set")
                .containsPattern("rounds to accuracy 0.02 +2\n")
                .containsPattern("fleet time +3 min 0 s\n")
                .containsPattern("bytes down +150 B per device, 1.50 kB in all")
                .containsPattern("bytes up +120 B per device, 1.20 kB in all")
                .containsPattern("local steps +300\n")
                .containsPattern("steps/s +200\n")
                .containsPattern("wall time +3.50 s\n")
                .containsPattern("model root +00ff\n")
                .contains(out)
                .doesNotContain("\r")
                .doesNotContain("\u001b");
        assertThat(directory.resolve("results/summary.json")).exists();
        assertThat(directory.resolve("results/run.json"))
                .content()
                .contains("\"run\", ")
                .contains("sample.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--warm-up=0", "--turns=0", "--scenario=nowhere.conf"})
    void aBenchmarkOfClustersIsRefusedBeforeItStartsAnything(String option) {
        assertThat(starling.execute("bench", "--workload", "cluster", option)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains(option.split("=", -1)[option.startsWith("--s") ? 1 : 0]);
        assertThat(starling.out()).isEmpty();
    }

    @Test
    void aQuietRunPrintsItsTableOnly() {
        assertThat(starling.execute("run", scenario, "--out", out, "--quiet")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).startsWith("  rounds").doesNotContain("round 3/3");
    }

    @Test
    void whatIsAskedReachesTheSimulator() {
        int code = starling.execute(
                "run",
                scenario,
                "--out",
                out,
                "--nodes",
                "3",
                "--threads",
                "4",
                "--seed",
                "-5",
                "--rehearse",
                "--set",
                "a.b=1",
                "c=2",
                "--set",
                "d=x=y");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(starling.reads).hasSize(1);
        assertThat(starling.reads.get(0)).endsWith("[a.b=1, d=x=y, c=2] OptionalLong[-5]");
        RunRequest request = starling.runs.get(0);
        assertThat(request.nodes()).isEqualTo(3);
        assertThat(request.node().threads()).isEqualTo(4);
        assertThat(request.rehearse()).isTrue();
        assertThat(request.cluster()).isFalse();
        assertThat(request.scenario().seed()).isEqualTo(-5);
        assertThat(request.directory()).isAbsolute().isEqualTo(Path.of(out));
    }

    @Test
    void aDirectoryWithFilesIsRefused() throws IOException {
        Files.createDirectories(Path.of(out));
        Files.writeString(Path.of(out).resolve("mine.txt"), "precious");

        assertThat(starling.execute("run", scenario, "--out", out)).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(starling.err()).contains("--out").contains(out).hasLineCount(1);
        assertThat(starling.runs).isEmpty();
        assertThat(Path.of(out).resolve("mine.txt")).hasContent("precious");
    }

    @Test
    void moreNodesThanAMachineCanHoldAreRefused() {
        assertThat(starling.execute("run", scenario, "--out", out, "--nodes", "1000000"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("--nodes: must be 1 to 64").contains("got 1000000");
        assertThat(starling.runs).isEmpty();
    }

    @Test
    void aRunOnAClusterMustSayWhichOne() {
        assertThat(starling.execute("run", scenario, "--out", out, "--cluster")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("--cluster: needs a node to join");
        assertThat(starling.runs).isEmpty();
    }

    @Test
    void anOutputDirectoryMustHaveAName() {
        assertThat(starling.execute("run", scenario, "--out", "")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("--out: must name a directory");
    }

    @Test
    void badInputFoundLateLeavesNoDirectoryBehind() {
        starling.fails = true;
        starling.failure = new InputException(
                List.of(new Problem("train.idx: byte 16", "is truncated"), new Problem("", "second problem")));

        assertThat(starling.execute("run", scenario, "--out", out)).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(starling.err().lines()).containsExactly("train.idx: byte 16: is truncated", "second problem");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void whatNobodyExpectedIsOneLine() {
        starling.fails = true;
        starling.failure = new IllegalStateException("broken");
        assertThat(starling.execute("run", scenario, "--out", out)).isEqualTo(ExitCode.FAILED);
        assertThat(starling.err()).contains("broken").contains("starling.log").hasLineCount(1);
    }

    @Test
    void aJmxPortInUseIsBadInput() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(starling.execute("run", scenario, "--out", out, "--jmx-port", port))
                    .isEqualTo(ExitCode.BAD_INPUT);
            assertThat(starling.err()).contains("--jmx-port").contains(port).hasLineCount(1);
            assertThat(Path.of(out)).doesNotExist();
        }
    }

    @Test
    void everyFileIsValidated() {
        String missing = directory.resolve("missing.conf").toString();
        assertThat(starling.execute("validate", missing, scenario)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.out()).isEqualTo(scenario + ": ok" + System.lineSeparator());
        assertThat(starling.err()).isEqualTo(missing + ": no such file" + System.lineSeparator());
    }

    @Test
    void goodFilesAreOk() {
        assertThat(starling.execute("validate", scenario)).isEqualTo(ExitCode.OK);
        assertThat(starling.err()).isEmpty();
    }

    @Test
    void aNodeJoinsWhereItIsTold() {
        int code = starling.execute(
                "node",
                "--seed-node",
                "a.example:2551",
                "--seed-node",
                "[::1]:99",
                "--host",
                "10.0.0.2",
                "--insecure",
                "--port",
                "2552",
                "--role",
                "trainer",
                "--threads",
                "2");
        assertThat(code).isEqualTo(ExitCode.OK);
        NodeSettings node = starling.nodes.get(0);
        assertThat(node.seedNodes()).containsExactly("a.example:2551", "[::1]:99");
        assertThat(node.host()).isEqualTo("10.0.0.2");
        assertThat(node.port()).hasValue(2552);
        assertThat(node.roles()).containsExactly("trainer");
        assertThat(node.threads()).isEqualTo(2);
        assertThat(starling.out()).contains("joined");
    }

    @Test
    void severalOverridesBehindOneSetAreThoseOfEveryCommand() throws IOException {
        String odd = Files.writeString(directory.resolve("a=1.conf"), "").toString();
        assertThat(starling.execute("validate", scenario, odd, "--set", "rounds.max=1", "seed=4"))
                .isEqualTo(ExitCode.OK);
        assertThat(starling.reads)
                .containsExactly(
                        scenario + " [rounds.max=1, seed=4] OptionalLong.empty",
                        odd + " [rounds.max=1, seed=4] OptionalLong.empty");
        assertThat(starling.execute("fleet", "--set", "rounds.max=1", "seed=4", scenario))
                .isEqualTo(ExitCode.OK);
        assertThat(starling.reads).hasSize(3).last().isEqualTo(scenario + " [rounds.max=1, seed=4] OptionalLong.empty");
        assertThat(starling.execute("node", "--set", "a=1", "b=2")).isEqualTo(ExitCode.OK);
        assertThat(starling.nodes.get(0).overrides()).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node here",
                "validate --set a=1 b=2",
                "validate a.conf --set novalue",
                "fleet a.conf b.conf",
                "drill no-such-drill a=1",
                "drill kill-node kill-all --set a=1",
                "fly",
                "run",
                "run a.conf b.conf",
                "run a.conf --nodes 0",
                "run a.conf --nodes two",
                "run a.conf --threads 0",
                "run a.conf --nodes 2 --cluster",
                "run a.conf --set novalue",
                "run a.conf --sed 3",
                "run missing.conf",
                "validate",
                "node --seed-node nowhere",
                "node --port 70000",
                "node --jmx-port 0"
            })
    void wrongUsageIsOneMessageAndExitTwo(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(starling.execute(args)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isNotBlank().hasLineCount(starling.err().contains("--help") ? 2 : 1);
        assertThat(starling.runs).isEmpty();
        assertThat(starling.nodes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "help run", "run --help", "--version", "version", "node --help"})
    void helpIsNoError(String line) {
        assertThat(starling.execute(line.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("starling");
        assertThat(starling.err()).isEmpty();
    }

    @Test
    void aNodeThatIsNotUpInTimeIsNothingUnexpected() {
        starling.fails = true;
        starling.failure = new LateStartException("this node did not come up in time", new IllegalStateException());
        assertThat(starling.execute("run", scenario, "--out", out)).isEqualTo(ExitCode.FAILED);
        assertThat(starling.err()).isEqualTo("starling: this node did not come up in time\n");
    }
}
