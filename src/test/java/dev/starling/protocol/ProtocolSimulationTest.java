package dev.starling.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.starling.model.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs of real actors under thousands of seeds, {@link ManySeedsTest} under thousands more. {@code -Dprotocol.seeds=N}
 * takes the first N instead of 10,000; {@code -Dprotocol.seed=N} takes that one alone and tells its story.
 */
class ProtocolSimulationTest {

    static final int SEEDS = Integer.getInteger("protocol.seeds", 10_000);

    /** Of these seeds; the others take minutes. */
    static final int FIRST = Math.min(SEEDS, 2_000);

    static final long ONLY = Long.getLong("protocol.seed", -1);
    private static final int FAILURES_SHOWN = 5;
    private static final int EVENTS_SHOWN = 60;

    private static final List<SmallRun> RUNS = SmallRun.all();

    @BeforeAll
    static void prepare() {
        Backend.start();
        LoggedErrors.warnings(false);
    }

    @AfterAll
    static void cleanUp() {
        LoggedErrors.warnings(true);
    }

    @Test
    void whateverHappensARunEndsAsIfNothingHad() {
        playAll(Math.max(0, ONLY), ONLY < 0 ? FIRST : ONLY + 1);
    }

    /** Plays the seeds from {@code first} to before {@code end} on all cores; fails with the stories of what goes wrong. */
    static void playAll(long first, long end) {
        AtomicLong next = new AtomicLong(first);
        Map<Long, String> failures = new ConcurrentSkipListMap<>();
        Troubles troubles = new Troubles();
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService players = Executors.newFixedThreadPool(threads);
        try {
            CompletableFuture<?>[] all = Stream.generate(
                            () -> CompletableFuture.runAsync(() -> play(next, end, failures, troubles), players))
                    .limit(threads)
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
        } finally {
            players.shutdown();
        }
        System.out.println(troubles);
        if (!failures.isEmpty()) {
            fail(String.join("\n\n", failures.values()));
        }
    }

    /** Plays what {@code next} gives, as other threads do. Seeds have nothing in common. */
    private static void play(AtomicLong next, long end, Map<Long, String> failures, Troubles troubles) {
        try (Player player = new Player(RUNS)) {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                if (failures.size() >= FAILURES_SHOWN) {
                    return;
                }
                Simulation.Ending ending = player.play(seed, false);
                troubles.add(ending);
                if (!ending.problem().isEmpty()) {
                    failures.put(seed, story(player, seed));
                } else if (ONLY >= 0) {
                    System.out.println(story(player, seed));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays a seed again, which goes as it did before, and writes down all of it. */
    private static String story(Player player, long seed) throws IOException {
        Simulation.Ending again = player.play(seed, true);
        Path file = Path.of("target", "protocol-seed-" + seed + ".txt");
        Files.write(file, again.story());
        int from = Math.max(0, again.story().size() - EVENTS_SHOWN);
        return "-Dprotocol.seed=" + seed + " (" + player.run(seed).name() + "): "
                + (again.problem().isEmpty() ? "as it should be" : again.problem())
                + "\n... (all of it in " + file + ")\n"
                + String.join("\n", again.story().subList(from, again.story().size()));
    }

    @Test
    void aSeedReplaysExactly() throws IOException {
        Set<Long> hashes = new HashSet<>();
        try (Player player = new Player(RUNS);
                Player other = new Player(SmallRun.all())) {
            for (long seed = 0; seed < 60; seed++) {
                Simulation.Ending once = player.play(seed, true);
                assertThat(player.play(seed, true)).as("seed %d", seed).isEqualTo(once);
                assertThat(other.play(seed, true))
                        .as("seed %d on another actor system", seed)
                        .isEqualTo(once);
                assertThat(player.play(seed, false).hash())
                        .as("seed %d, not written down", seed)
                        .isEqualTo(once.hash());
                hashes.add(once.hash());
            }
        }
        assertThat(hashes).as("every seed has a story of its own").hasSize(60);
    }

    @Test
    void allKindsOfTroubleHappen() throws IOException {
        Troubles troubles = new Troubles();
        try (Player player = new Player(RUNS)) {
            for (long seed = 0; seed < 400; seed++) {
                troubles.add(player.play(seed, false));
            }
        }
        for (String trouble : List.of("kill", "remove", "halt", "cut", "move", "passivate", "pause", "stop")) {
            assertThat(troubles.times(trouble)).as(trouble).isGreaterThan(50);
        }
        for (String trouble :
                List.of("split", "one-way", "heal", "take-out", "down", "cut-off", "end-all", "commit-cut")) {
            assertThat(troubles.seeds(trouble)).as(trouble).isGreaterThan(10);
        }
        assertThat(troubles.times("expect")).as("nodes told whom to wait for").isGreaterThan(300);
        assertThat(troubles.times("again"))
                .as("devices asked in a second attempt")
                .isGreaterThan(50);
        assertThat(troubles.times("lost")).isGreaterThan(300);
        assertThat(troubles.times("twice")).isGreaterThan(300);
        assertThat(troubles.resumed())
                .as("coordinators that went on from another's journal")
                .isGreaterThan(200);
    }
}
