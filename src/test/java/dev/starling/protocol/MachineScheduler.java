package dev.starling.protocol;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** The timers of the actor system, by the clock of its {@link Machine}. Pekko makes one per system. */
public final class MachineScheduler extends AbstractScheduler {

    private final Machine machine = new Machine();

    /** As Pekko calls it. */
    public MachineScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

    Machine machine() {
        return machine;
    }

    @Override
    @SuppressWarnings("deprecation") // Nobody calls it, but it must be here.
    public Cancellable schedule(
            FiniteDuration delay, FiniteDuration interval, Runnable action, ExecutionContext threads) {
        throw new UnsupportedOperationException("nothing here repeats at a fixed rate");
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable action, ExecutionContext threads) {
        Timer timer = new Timer(action);
        machine.in(delay.toNanos(), machine.current(), timer);
        return timer;
    }

    @Override
    public double maxFrequency() {
        return 1e9;
    }

    private static final class Timer implements Cancellable, Runnable {
        private final Runnable action;
        private boolean over;
        private boolean cancelled;

        Timer(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!over) {
                over = true;
                action.run();
            }
        }

        @Override
        public boolean cancel() {
            boolean first = !over;
            over = true;
            cancelled |= first;
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
