package dev.starling.store.sql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL server of its own, in a temporary directory on a free port of loopback, from the binaries that
 * this machine has; one for all tests of a JVM. PostgreSQL refuses to be run by root: then it is run by
 * {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 60;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path binaries;
    private final Path directory;
    private final int port;

    private PostgresServer(Path binaries) throws IOException {
        this.binaries = binaries;
        this.directory = Files.createTempDirectory("starling-postgres");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        if (isRoot()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            run("chown", "postgres", directory.toString());
        }
        asServer("initdb", "-D", data(), "-U", "starling", "--auth=trust", "-E", "UTF8", "--no-locale", "-N");
        start();
    }

    /** The server of this JVM; without PostgreSQL's binaries the test that asks is skipped, and says so. */
    public static PostgresServer of(ExtensionContext context) {
        Optional<Path> found = binaries();
        assumeTrue(
                found.isPresent(),
                "no initdb and pg_ctl on the PATH or in /usr/lib/postgresql/*/bin: install postgresql to run this");
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
                .getOrComputeIfAbsent(
                        "server",
                        key -> {
                            try {
                                return new PostgresServer(found.orElseThrow());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        PostgresServer.class);
    }

    private static Optional<Path> binaries() {
        List<Path> places = new ArrayList<>();
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            versions.sorted(Comparator.reverseOrder()).forEach(version -> places.add(version.resolve("bin")));
        } catch (IOException e) {
            // Not a Debian: the PATH is left.
        }
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .forEach(places::add);
        return places.stream()
                .filter(place ->
                        Files.isExecutable(place.resolve("initdb")) && Files.isExecutable(place.resolve("pg_ctl")))
                .findFirst();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** Starts it, and waits until it answers. */
    public void start() {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory
                + " -c fsync=off";
        asServer("pg_ctl", "-D", data(), "-l", directory.resolve("log").toString(), "-w", "-o", options, "start");
    }

    /** Ends it at once, as a crash does: nothing is written any more. */
    public void kill() {
        asServer("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    /** Stops all its processes where they are: connections stay, and nothing is answered, until {@link #goOn}. */
    public void freeze() {
        signal("-STOP");
    }

    /** Ends {@link #freeze}. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            long main = Long.parseLong(
                    Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0));
            List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(main)));
            ProcessHandle.of(main).orElseThrow().children().forEach(child -> command.add(Long.toString(child.pid())));
            run(command.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings for a new, empty database. */
    public StoreSettings newDatabase() {
        String name = "store" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), "starling", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return StoreSettings.url(url(name), "starling", "");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void asServer(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) {
        try {
            Path output = Files.createTempFile("starling-postgres", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
