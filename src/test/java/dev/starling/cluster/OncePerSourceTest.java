package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSourceTest {

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final OncePerSource filter = new OncePerSource(now::get);
    private final LoggerContext loggers = new LoggerContext();

    private boolean passes(String logger, Level level, String format, Object... params) {
        Logger of = loggers.getLogger(logger);
        return filter.decide(null, of, level, format, params, null) != FilterReply.DENY;
    }

    private boolean framing(String source) {
        return passes(InboundFraming.class.getName(), Level.WARN, "closed a connection from {}: {}", source, "noise");
    }

    @Test
    void aSourceIsHeardOnceAnHour() {
        assertThat(framing("10.0.0.1")).isTrue();
        assertThat(framing("10.0.0.1")).isFalse();
        assertThat(framing("10.0.0.2")).isTrue();
        assertThat(framing("2001:db8:0:0:0:0:0:1")).isTrue();
        assertThat(framing("2001:db8:0:0:0:0:0:1")).isFalse();
        now.addAndGet(TimeUnit.HOURS.toMillis(1));
        assertThat(framing("10.0.0.1")).isTrue();
    }

    /** As Pekko hands its lines over: as the only parameter. */
    @Test
    void whatChangesWithEachLineDoesNotMakeItNew() {
        String logger = "org.apache.pekko.remote.artery.Deserializer";
        String line = "Failed to deserialize message from [%s] with serializer id [%s] and manifest [%s].";
        assertThat(passes(logger, Level.WARN, "{}", line.formatted("unknown", 1, "a")))
                .isTrue();
        assertThat(passes(logger, Level.WARN, "{}", line.formatted("unknown", 7, "b")))
                .isFalse();
        String peer = "pekko://starling@10.0.0.1:";
        assertThat(passes(logger, Level.WARN, "{}", line.formatted(peer + 4000, 1, "a")))
                .isTrue();
        assertThat(passes(logger, Level.WARN, "{}", line.formatted(peer + 4001, 1, "a")))
                .isFalse();
        assertThat(passes(logger, Level.WARN, "{}", "Something else from [unknown]"))
                .isTrue();
    }

    @Test
    void othersAreNotItsBusiness() {
        for (int i = 0; i < 2; i++) {
            assertThat(passes("org.apache.pekko.cluster.Cluster", Level.WARN, "unreachable 10.0.0.1"))
                    .isTrue();
            assertThat(passes("org.apache.pekko.remote.X", Level.INFO, "connected 10.0.0.1"))
                    .isTrue();
        }
    }

    @Test
    void aThousandSourcesAreTheMostThatItRemembers() {
        for (int i = 0; i < 1000; i++) {
            assertThat(framing("10.0." + i / 250 + "." + i % 250)).isTrue();
        }
        assertThat(framing("10.9.9.9")).isFalse();
        now.addAndGet(TimeUnit.HOURS.toMillis(1));
        assertThat(framing("10.9.9.9")).isTrue();
    }
}
