package dev.starling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code deploy/} says of ports, names, files and options fits together, and fits the program. */
class DeployTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    /** The API version of each kind that is used, as the Kubernetes reference lists them. */
    private static final Map<String, String> KINDS = Map.of(
            "Secret", "v1",
            "ConfigMap", "v1",
            "Service", "v1",
            "PersistentVolumeClaim", "v1",
            "StatefulSet", "apps/v1",
            "Job", "batch/v1");

    /** A block of YAML, with paths into it. */
    private record Block(Object value) {

        Block at(String path) {
            Object found = value;
            for (String step : path.split("\\.", -1)) {
                assertThat(found).as(path).isInstanceOf(Map.class);
                found = ((Map<?, ?>) found).get(step);
            }
            assertThat(found).as(path).isNotNull();
            return new Block(found);
        }

        boolean has(String key) {
            return ((Map<?, ?>) value).containsKey(key);
        }

        String text() {
            return String.valueOf(value);
        }

        List<Block> each() {
            List<Block> blocks = new ArrayList<>();
            ((List<?>) value).forEach(element -> blocks.add(new Block(element)));
            return blocks;
        }

        Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>();
            ((Map<?, ?>) value).forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
            return texts;
        }
    }

    private static List<Block> manifests() throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<Block> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            for (Path file : files.sorted().toList()) {
                new Yaml(new SafeConstructor(strict))
                        .loadAll(Files.readString(file))
                        .forEach(manifest -> all.add(new Block(manifest)));
            }
        }
        return all;
    }

    private static Block manifest(String kind, String name) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.at("kind").text().equals(kind)
                        && manifest.at("metadata.name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    private static List<Block> pods() throws IOException {
        return manifests().stream()
                .filter(manifest -> Set.of("StatefulSet", "Job")
                        .contains(manifest.at("kind").text()))
                .map(manifest -> manifest.at("spec.template"))
                .toList();
    }

    @Test
    void everyManifestIsOfAKindThatThereIs() throws IOException {
        assertThat(manifests()).hasSize(6).allSatisfy(manifest -> {
            assertThat(KINDS)
                    .containsEntry(
                            manifest.at("kind").text(),
                            manifest.at("apiVersion").text());
            assertThat(manifest.at("metadata.name").text()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        });
    }

    @Test
    void selectorsFindThePodsThatTheyAreMeantFor() throws IOException {
        Block nodes = manifest("StatefulSet", "starling");
        Map<String, String> labels = nodes.at("spec.template.metadata.labels").texts();
        assertThat(labels)
                .containsAllEntriesOf(nodes.at("spec.selector.matchLabels").texts());
        Block service = manifest("Service", nodes.at("spec.serviceName").text());
        assertThat(service.at("spec.clusterIP").text()).isEqualTo("None");
        assertThat(service.at("spec.publishNotReadyAddresses").text()).isEqualTo("true");
        assertThat(labels).containsAllEntriesOf(service.at("spec.selector").texts());
        assertThat(manifest("Job", "starling-run")
                        .at("spec.template.metadata.labels")
                        .texts())
                .as("a run is no node that others look for")
                .doesNotContainEntry("part", service.at("spec.selector").texts().get("part"));
    }

    @Test
    void portsThatAreReferredToExist() throws IOException {
        Map<String, String> ports = new TreeMap<>();
        Block container = manifest("StatefulSet", "starling")
                .at("spec.template.spec.containers")
                .each()
                .get(0);
        container
                .at("ports")
                .each()
                .forEach(port -> ports.put(
                        port.at("name").text(), port.at("containerPort").text()));
        assertThat(ports).containsOnlyKeys("cluster", "management");
        for (Block port : manifest("Service", "starling").at("spec.ports").each()) {
            assertThat(ports)
                    .containsEntry(port.at("targetPort").text(), port.at("port").text());
        }
        assertThat(ports)
                .containsKey(container.at("readinessProbe.tcpSocket.port").text());
        assertThat(container.at("args").text())
                .contains("--port, " + ports.get("cluster"), "--bootstrap, starling", "--tls, /tls", "$(POD_IP)");
        assertThat(Files.readString(Path.of("conf/application.conf")))
                .contains("http.port = " + ports.get("management"), "fallback-port = " + ports.get("management"));
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile")))
                .contains("EXPOSE " + ports.get("cluster") + " " + ports.get("management"));
    }

    /** As DnsBootstrapTest does it, with processes: addresses by the name of the service, one port for all. */
    @Test
    void nodesLookForEachOtherInDns() throws IOException {
        assertThat(Files.readString(Path.of("conf/application.conf")))
                .contains("discovery-method = pekko-dns")
                .doesNotContain("port-name", "service-namespace", "effective-name");
        assertThat(manifest("Service", "starling").at("spec.ports").each())
                .as("what _management._tcp would be asked for")
                .anyMatch(port -> port.at("name").text().equals("management"));
        int required = Integer.parseInt(Files.readString(Path.of("conf/application.conf"))
                .replaceFirst("(?s).*required-contact-point-nr = (\\d+).*", "$1"));
        assertThat(Integer.parseInt(
                        manifest("StatefulSet", "starling").at("spec.replicas").text()))
                .isGreaterThanOrEqualTo(required);
        for (Block pod : pods()) {
            assertThat(pod.at("spec.containers").each().get(0).at("args").text())
                    .containsPattern("--bootstrap,? starling\\b");
        }
    }

    @Test
    void whatPodsTakeFromElsewhereIsThere() throws IOException {
        for (Block pod : pods()) {
            Set<String> volumes = new HashSet<>();
            for (Block volume : pod.at("spec.volumes").each()) {
                volumes.add(volume.at("name").text());
                if (volume.has("configMap")) {
                    manifest("ConfigMap", volume.at("configMap.name").text());
                }
                if (volume.has("persistentVolumeClaim")) {
                    manifest(
                            "PersistentVolumeClaim",
                            volume.at("persistentVolumeClaim.claimName").text());
                }
                if (volume.has("secret")) {
                    assertThat(Files.readString(DEPLOY.resolve("README.md")))
                            .contains("secret generic "
                                    + volume.at("secret.secretName").text());
                }
            }
            for (Block container : pod.at("spec.containers").each()) {
                assertThat(container.at("image").text()).matches("starling:\\d+\\.\\d+\\.\\d+");
                assertThat(container.at("volumeMounts").each())
                        .extracting(mount -> mount.at("name").text())
                        .isSubsetOf(volumes);
                for (Block variable : container.at("env").each()) {
                    Block from = variable.at("valueFrom");
                    if (from.has("secretKeyRef")) {
                        Block secret =
                                manifest("Secret", from.at("secretKeyRef.name").text());
                        assertThat(secret.at("stringData").texts())
                                .containsKey(from.at("secretKeyRef.key").text());
                    } else {
                        assertThat(from.at("fieldRef.fieldPath").text()).isEqualTo("status.podIP");
                    }
                }
            }
        }
    }

    /** As it is read in a pod: with the image's files, and the URL of the secret in the environment. */
    @Test
    void theScenarioIsOneThatRuns() throws IOException {
        String text =
                manifest("ConfigMap", "starling-scenario").at("data").texts().get("scenario.conf");
        String url = manifest("Secret", "starling-store").at("stringData.url").text();
        assertThat(text).contains("/opt/starling/", "${STARLING_STORE_URL}");
        String here = text.replace("/opt/starling", Path.of("").toAbsolutePath().toString())
                .replace("${STARLING_STORE_URL}", '"' + url + '"');
        assertThat(ScenarioReader.parse(here, "scenario.conf").keeping().url()).contains(url);
    }

    @Test
    void podsRunWithoutPrivileges() throws IOException {
        assertThat(pods()).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.at("spec.securityContext.runAsNonRoot").text()).isEqualTo("true");
            assertThat(pod.at("spec.automountServiceAccountToken").text()).isEqualTo("false");
            for (Block container : pod.at("spec.containers").each()) {
                assertThat(container
                                .at("securityContext.readOnlyRootFilesystem")
                                .text())
                        .isEqualTo("true");
                assertThat(container
                                .at("securityContext.allowPrivilegeEscalation")
                                .text())
                        .isEqualTo("false");
                assertThat(container.at("resources.limits.memory").text()).isNotEmpty();
            }
        });
    }

    /** Options that the manifests and the unit give are options of the program. */
    @Test
    void optionsExist() throws IOException {
        List<String> given = new ArrayList<>();
        for (Block pod : pods()) {
            pod.at("spec.containers")
                    .each()
                    .forEach(container -> given.add(container.at("args").text()));
        }
        given.add(Files.readString(DEPLOY.resolve("starling-node.service")));
        String known = Files.readString(Path.of("src/main/java/dev/starling/cli/NodeOptions.java"))
                + Files.readString(Path.of("src/main/java/dev/starling/cli/RunCommand.java"));
        for (String text : given) {
            var options = OPTION.matcher(text);
            while (options.find()) {
                assertThat(known).contains("\"" + options.group() + "\"");
            }
        }
    }

    @Test
    void theImageIsBuiltFromWhatThereIs() throws IOException {
        List<String> instructions = Files.readAllLines(DEPLOY.resolve("Dockerfile")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(instructions)
                .allMatch(line -> line.matches("(FROM|WORKDIR|COPY|RUN|USER|ENV|EXPOSE|ENTRYPOINT|CMD) .+"));
        String ignored = Files.readString(Path.of(".dockerignore"));
        Set<String> inImage = new HashSet<>();
        for (String line : instructions) {
            List<String> words = List.of(line.split(" ", -1));
            if (line.startsWith("FROM ")) {
                assertThat(words.get(1)).matches("[a-z/-]+:[0-9][^ ]*").doesNotEndWith(":latest");
            } else if (line.startsWith("COPY --from=build ")) {
                assertThat(words.get(2)).startsWith("/src/");
                Path built = Path.of(words.get(2).substring("/src/".length()));
                assertThat(built.startsWith("target") || Files.exists(built))
                        .as(line)
                        .isTrue();
                inImage.add(words.get(3));
            } else if (line.startsWith("COPY ")) {
                for (String source : words.subList(1, words.size() - 1)) {
                    assertThat(Path.of(source)).exists();
                    assertThat(ignored).contains("\n!" + source + "\n");
                }
            }
        }
        assertThat(instructions)
                .as("without them the JDK is closed to the compiler's checks")
                .contains("COPY .mvn .mvn");
        assertThat(inImage)
                .contains("/opt/starling/starling", "/opt/starling/target/starling.jar", "/opt/starling/target/lib");
        assertThat(instructions).contains("USER 10001", "ENTRYPOINT [\"/opt/starling/starling\"]");
        assertThat(ignored).startsWith("#").contains("\n*\n", "\nconf/tls\n");
        assertThat(Path.of("starling")).isExecutable();
    }

    @Test
    void theUnitIsOneThatSystemdTakes() throws Exception {
        Path tool = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(tool), "systemd-analyze is the oracle");
        // What it starts is not installed here: another program stands in for it.
        Path copy = Files.createTempDirectory("unit").resolve("starling-node.service");
        String unit = Files.readString(DEPLOY.resolve("starling-node.service"));
        assertThat(unit).contains("ExecStart=/opt/starling/starling node ");
        Files.writeString(copy, unit.replace("/opt/starling/starling", "/bin/true"));
        Process verify = new ProcessBuilder(tool.toString(), "verify", copy.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(output).isZero();
        assertThat(output.lines().filter(line -> line.contains("starling-node.service")))
                .isEmpty();
    }
}
