package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.starling.algorithm.Algorithms;
import dev.starling.metrics.StoreWait;
import dev.starling.scenario.Scenario;
import dev.starling.store.CostModel;
import dev.starling.store.Rates;
import dev.starling.store.StoragePolicy;
import dev.starling.store.StoreUnavailableException;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.QueuedWriter;
import dev.starling.store.sql.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class VersionKeeperTest {

    private static final Rates RATES = new Rates(60e6, 3e-4, 110e6, 300e6, 1e6);

    /** Pauses last until somebody wakes who pauses. */
    private static final class Pace implements QueuedWriter.Pace {
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore ended = new Semaphore(0);

        @Override
        public long nowMillis() {
            return 1_000;
        }

        @Override
        public void pause(long millis) {
            begun.release();
            ended.acquireUninterruptibly();
        }

        @Override
        public void wake() {
            ended.release();
        }
    }

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final SmallFleet fleet = SmallFleet.with("store.policy = delta\n");
    private final Pace pace = new Pace();

    /** Its queue holds one version, and its store is away. */
    private VersionKeeper keeper(DeviceHost host) {
        Scenario scenario = fleet.scenario();
        StoragePolicy policy = scenario.keeping().policy().orElseThrow();
        ModelPipelines pipelines = new ModelPipelines(
                fleet.spec(),
                scenario,
                host.architecture(),
                host.architecture(),
                Algorithms.of(scenario.algorithm()).local(scenario.local()));
        QueuedWriter writer = new QueuedWriter(
                batch -> {
                    throw new StoreUnavailableException("away", new IllegalStateException("test"));
                },
                pace,
                1,
                Thread::new);
        return new VersionKeeper(
                "run",
                new VersionForms(policy, new CostModel(policy, RATES), pipelines, false, Optional.empty()),
                new KeptLedger(RATES, "given"),
                new VersionKeeper.Means(
                        ModelStore.open(StoreSettings.directory(directory)),
                        writer,
                        1,
                        (version, reference) -> reference,
                        Runnable::run,
                        pace::nowMillis,
                        System::nanoTime));
    }

    @Test
    void whatWaitsForRoomWhenARunEndsIsCountedAsNotWritten() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(VersionKeeper.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (DeviceHost host = fleet.host()) {
            BaseModel first = fleet.base(host);
            VersionKeeper keeper = keeper(host);
            keeper.keep(first);
            pace.begun.acquire();
            AtomicReference<Throwable> refused = new AtomicReference<>();
            Thread waiting = new Thread(() -> keeper.keep(SmallFleet.base(1, first.weights())));
            waiting.setUncaughtExceptionHandler((thread, failure) -> refused.set(failure));
            waiting.start();
            StoreWait state = keeper.state();
            while (!state.trainingWaits() || state.queued() < 2) {
                Thread.onSpinWait();
                state = keeper.state();
            }

            keeper.close();
            waiting.join();
            assertThat(refused.get()).hasMessageContaining("is closed");
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("2 versions were not written: away");

            keeper.keep(SmallFleet.base(2, first.weights())); // Nobody's any more.
            assertThat(keeper.state().queued()).isEqualTo(2);
        } finally {
            logger.detachAppender(lines);
        }
    }
}
