package dev.starling.protocol;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Hands on what the thread that makes it logs as an error: above all, that an actor failed. */
final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Thread thread = Thread.currentThread();
    private final Consumer<String> taker;

    LoggedErrors(Consumer<String> taker) {
        this.taker = taker;
        root.addAppender(this);
        start();
    }

    /** Whether the warnings are wanted of runs whose nodes are killed by the thousand. */
    static void warnings(boolean wanted) {
        @Nullable Level level = wanted ? null : Level.ERROR;
        logger("dev.starling").setLevel(level);
        logger("org.apache.pekko").setLevel(level);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) && thread.equals(Thread.currentThread())) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : ": " + event.getThrowableProxy().getClassName() + " "
                            + event.getThrowableProxy().getMessage();
            taker.accept(event.getFormattedMessage() + cause);
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
