package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates: made by {@code certs}, asked for by every node that others can reach. */
class CertsCommandTest {

    /** For documentation: no machine has it, and none is asked. */
    private static final String OUTSIDE = "192.0.2.77";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final CommandLineFixture starling = new CommandLineFixture();
    private Path made = Path.of("set below");

    @BeforeEach
    void makeCertificates() {
        made = directory.resolve("tls");
        assertThat(certs("--host", OUTSIDE, "--host", "node-1.example", "--dir", made.toString()))
                .isEqualTo(ExitCode.OK);
    }

    private int certs(String... options) {
        List<String> words = new ArrayList<>(List.of("certs"));
        words.addAll(List.of(options));
        return starling.execute(words.toArray(String[]::new));
    }

    private static String openssl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void assumeOpenssl() {
        boolean there = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        assumeTrue(there, "openssl is the oracle");
    }

    @Test
    void opensslTakesThemForBothSidesOfAConnection() throws Exception {
        assumeOpenssl();
        String authority = made.resolve("ca.crt").toString();
        String node = made.resolve("tls.crt").toString();
        for (String purpose : List.of("sslserver", "sslclient")) {
            assertThat(openssl("verify", "-x509_strict", "-purpose", purpose, "-CAfile", authority, node))
                    .endsWith("OK\n");
        }
        assertThat(openssl("verify", "-verify_ip", OUTSIDE, "-CAfile", authority, node))
                .endsWith("OK\n");
        assertThat(openssl("verify", "-verify_hostname", "node-1.example", "-CAfile", authority, node))
                .endsWith("OK\n");
        assertThat(openssl("verify", "-verify_hostname", "node-2.example", "-CAfile", authority, node))
                .contains("hostname mismatch");
        String publicKey =
                openssl("pkey", "-pubout", "-in", made.resolve("tls.key").toString());
        assertThat(publicKey).contains("BEGIN PUBLIC KEY");
        assertThat(openssl("x509", "-noout", "-pubkey", "-in", node)).isEqualTo(publicKey);
    }

    @Test
    void aNodeCannotSignOthers() throws Exception {
        assumeOpenssl();
        assertThat(openssl(
                        "x509",
                        "-noout",
                        "-text",
                        "-in",
                        made.resolve("tls.crt").toString()))
                .contains("CA:FALSE", "Digital Signature")
                .doesNotContain("Certificate Sign");
        assertThat(openssl(
                        "x509", "-noout", "-text", "-in", made.resolve("ca.crt").toString()))
                .contains("CA:TRUE, pathlen:0");
    }

    @Test
    void privateKeysAreForTheirOwnerOnly() throws IOException {
        for (String key : List.of("tls.key", "ca.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve(key))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsEverReplaced() throws IOException {
        for (String file : List.of("tls.key", "tls.crt", "ca.crt", "ca.key")) {
            Path other = Files.createDirectories(directory.resolve("with-" + file));
            Files.writeString(other.resolve(file), "precious");
            assertThat(certs("--dir", other.toString())).isEqualTo(ExitCode.BAD_INPUT);
            try (var there = Files.list(other)) {
                assertThat(there).hasSize(1);
            }
            assertThat(other.resolve(file)).hasContent("precious");
        }
        assertThat(starling.err())
                .contains("--dir: must hold no certificates yet, has ")
                .hasLineCount(4);
    }

    @Test
    void anAuthoritySignsFurtherNodes() throws Exception {
        Path second = directory.resolve("second");
        assertThat(certs("--ca", made.toString(), "--host", "node-2.example", "--dir", second.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(second.resolve("ca.crt")).hasSameBinaryContentAs(made.resolve("ca.crt"));
        assertThat(second.resolve("ca.key")).doesNotExist();
        assertThat(Files.readString(second.resolve("tls.key"))).isNotEqualTo(Files.readString(made.resolve("tls.key")));
        assertThat(starling.execute("node", "--tls", second.toString())).isEqualTo(ExitCode.OK);
        assertThat(certs(
                        "--ca",
                        second.toString(),
                        "--dir",
                        directory.resolve("third").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).startsWith("--ca: must be a directory that starling certs has made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--days=0", "--days=3651", "--host=a b", "--host=300.1.1.1", "--host=", "--host=-x"})
    void whatCannotBeUsedIsNamed(String option) {
        Path other = directory.resolve("other");
        assertThat(certs(option, "--dir", other.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .startsWith(option.substring(0, 6) + ": must be ")
                .hasLineCount(1);
        assertThat(other).doesNotExist();
    }

    @Test
    void aNodeThatOthersCanReachNeedsCertificates() {
        Path none = directory.resolve("none");
        assertThat(starling.execute("node", "--host", OUTSIDE, "--tls", none.toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo(none + ": must hold the certificates by which nodes on " + OUTSIDE
                        + " prove who they are, but there is no tls.key, no tls.crt, no ca.crt that can be read; make"
                        + " them with ./starling certs --host " + OUTSIDE + ", or name their directory with --tls DIR,"
                        + " or go without TLS: --insecure\n");
        assertThat(starling.nodes).isEmpty();

        assertThat(starling.execute("node", "--host", OUTSIDE, "--tls", made.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(starling.nodes.get(0).tls()).isPresent();
        assertThat(starling.out()).doesNotContain("warning");
    }

    @Test
    void withoutAnyOptionAnOutsideHostIsRefusedAndLoopbackIsPlain() {
        assertThat(starling.execute("node", "--host", OUTSIDE)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.execute("node", "--host", "0.0.0.0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .contains("conf/tls: must hold the certificates")
                .hasLineCount(2);
        for (String loopback : List.of("127.0.0.1", "localhost", "::1", "127.1.2.3")) {
            assertThat(starling.execute("node", "--host", loopback)).isEqualTo(ExitCode.OK);
        }
        assertThat(starling.nodes).hasSize(4).allMatch(node -> node.tls().isEmpty());
    }

    @Test
    void insecureIsSaidAloud() {
        assertThat(starling.execute("node", "--host", OUTSIDE, "--insecure")).isEqualTo(ExitCode.OK);
        assertThat(starling.nodes.get(0).tls()).isEmpty();
        assertThat(starling.out())
                .contains("\nwarning: --insecure: whoever reaches " + OUTSIDE + " can take part in this cluster")
                .doesNotContain("\u001b");
        assertThat(starling.execute("node", "--insecure", "--tls", made.toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).startsWith("--insecure: goes without TLS, but --tls asks for it");
    }

    @Test
    void warningsAreRedOnATerminal() {
        var out = new java.io.ByteArrayOutputStream();
        var stream = new java.io.PrintStream(out, true, StandardCharsets.UTF_8);
        new Console(stream, stream, new Terminal(true, 80, true), List.of()).warning("mind");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[31mwarning: mind\u001b[0m\n");
    }

    @Test
    void certificatesThatDoNotFitAreNamed() throws IOException {
        Path other = directory.resolve("other");
        assertThat(certs("--dir", other.toString())).isEqualTo(ExitCode.OK);
        refused("ca.crt", Files.readAllBytes(other.resolve("ca.crt")), "tls.crt: must be signed by the authority of ");
        refused("tls.key", Files.readAllBytes(other.resolve("tls.key")), "tls.key: must be the private key of ");
        refused("tls.crt", "no certificate".getBytes(StandardCharsets.UTF_8), "tls.crt: must be an X.509 certificate");
        refused("tls.key", "no key".getBytes(StandardCharsets.UTF_8), "tls.key: must be the RSA private key");
        refused("ca.crt", new byte[1 << 17], "ca.crt: must be at most 65536 bytes, has 131072");
    }

    /** With {@code content} in place of a file, a node is not started. */
    private void refused(String file, byte[] content, String message) throws IOException {
        CommandLineFixture node = new CommandLineFixture();
        byte[] before = Files.readAllBytes(made.resolve(file));
        Files.write(made.resolve(file), content);
        assertThat(node.execute("node", "--tls", made.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(node.err()).contains(message).hasLineCount(1);
        Files.write(made.resolve(file), before);
    }
}
