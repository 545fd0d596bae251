package dev.starling.protocol;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Gives a dispatcher no threads: its {@link Machine} runs what it would run. Pekko makes one per dispatcher. */
public final class MachineThreads extends ExecutorServiceConfigurator {

    private final Machine machine;

    /** As Pekko calls it. */
    public MachineThreads(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.machine = ((MachineScheduler) prerequisites.scheduler()).machine();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new Threads(machine);
    }

    private static final class Threads extends AbstractExecutorService {
        private final Machine machine;
        private volatile boolean shutdown;

        Threads(Machine machine) {
            this.machine = machine;
        }

        @Override
        public void execute(Runnable work) {
            machine.execute(work);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
