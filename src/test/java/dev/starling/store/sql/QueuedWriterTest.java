package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.store.StoreException;
import dev.starling.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuedWriterTest {

    /** A clock that stands until the test lets a pause pass. */
    private static final class Clock implements QueuedWriter.Pace {
        private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        private final Semaphore passes = new Semaphore(0);
        private final AtomicLong now = new AtomicLong(1_000);

        @Override
        public long nowMillis() {
            return now.get();
        }

        @Override
        public void pause(long millis) {
            asked.add(millis);
            passes.acquireUninterruptibly();
            now.addAndGet(millis);
        }

        @Override
        public void wake() {
            passes.release();
        }

        /** Waits until the writer pauses, lets the pause pass, and says how long it is. */
        long pass() throws InterruptedException {
            long millis = asked.take();
            passes.release();
            return millis;
        }
    }

    private final Clock clock = new Clock();
    private final AtomicBoolean down = new AtomicBoolean();
    private final List<WriteBatch> stored = new ArrayList<>();

    private QueuedWriter writer(long capacity) {
        return new QueuedWriter(
                batch -> {
                    if (down.get()) {
                        throw new StoreUnavailableException("away", new IllegalStateException("test"));
                    }
                    if (batch.run().equals("refused")) {
                        throw new StoreException("no");
                    }
                    stored.add(batch);
                },
                clock,
                capacity,
                Thread::new);
    }

    private static WriteBatch batch(int round) {
        return SmallModels.round("run", round, 1);
    }

    @Test
    void everythingIsWrittenInOrderBeforeFlushReturns() throws Exception {
        try (QueuedWriter writer = writer(1_000)) {
            for (int round = 0; round < 20; round++) {
                writer.put(batch(round));
            }
            writer.flush();
            assertThat(stored)
                    .hasSize(20)
                    .isSortedAccordingTo((one, two) -> Integer.compare(sequence(one), sequence(two)));
            assertThat(writer.state().written()).isEqualTo(40);
            assertThat(writer.state().queued()).isZero();
        }
    }

    private static int sequence(WriteBatch batch) {
        return batch.versions().get(0).key().sequence();
    }

    @Test
    void pausesDoubleWhileTheStoreIsAwayAndNothingIsLost() throws Exception {
        down.set(true);
        try (QueuedWriter writer = writer(1_000)) {
            writer.put(batch(0));
            writer.put(batch(1));
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                pauses.add(clock.pass());
            }
            assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
            assertThat(clock.asked.take()).isEqualTo(10_000L);
            QueueState state = writer.state();
            assertThat(state.queued()).isEqualTo(4);
            assertThat(state.downSinceMillis()).hasValue(1_000);
            assertThat(state.attempts()).isEqualTo(10);
            assertThat(state.problem()).isEqualTo("away");
            assertThat(writer.flushUnlessAway()).isFalse();
            down.set(false);
            clock.passes.release();
            writer.flush();
            assertThat(writer.flushUnlessAway()).isTrue();
            assertThat(stored).hasSize(2);
            assertThat(writer.state().downSinceMillis()).isEmpty();
        }
    }

    @Test
    void aFullQueueTakesNoMore() throws Exception {
        down.set(true);
        try (QueuedWriter writer = writer(5)) {
            assertThat(writer.offer(batch(0))).isTrue();
            assertThat(writer.offer(batch(1))).isTrue();
            assertThat(writer.offer(batch(2)))
                    .as("4 of 5 wait, 2 more do not fit")
                    .isFalse();
            Thread waiting = new Thread(() -> {
                try {
                    writer.put(batch(2));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiting.start();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            clock.asked.take();
            down.set(false);
            clock.passes.release();
            waiting.join();
            writer.flush();
            assertThat(stored).hasSize(3);
        }
    }

    @Test
    void aRefusedBatchEndsTheWriterAndEverybodyIsTold() throws Exception {
        try (QueuedWriter writer = writer(10)) {
            writer.put(SmallModels.round("refused", 0, 1));
            assertThatThrownBy(writer::flush).isInstanceOf(StoreException.class).hasMessageContaining("has ended: no");
            assertThatThrownBy(() -> writer.offer(batch(1))).isInstanceOf(StoreException.class);
            assertThat(writer.state().failed()).isTrue();
            assertThat(writer.state().queued()).isEqualTo(2);
        }
    }

    @Test
    void closingDoesNotWaitForAStoreThatIsAway() throws Exception {
        down.set(true);
        QueuedWriter writer = writer(10);
        writer.put(batch(0));
        clock.asked.take();
        writer.close();
        assertThat(writer.state().queued()).isEqualTo(2);
        assertThat(stored).isEmpty();
    }
}
