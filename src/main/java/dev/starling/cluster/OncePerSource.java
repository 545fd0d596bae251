package dev.starling.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Lets through one line per hour, source and kind of what the network has to complain about: whoever reaches the port
 * of a node must not be able to fill its disk. Two lines are of one kind if they begin with the same words.
 */
public final class OncePerSource extends TurboFilter {

    private static final List<String> NETWORK = List.of(
            InboundFraming.class.getName(),
            "org.apache.pekko.remote.",
            "org.apache.pekko.stream.",
            "org.apache.pekko.io.",
            "org.apache.pekko.serialization.");

    private static final long PAUSE_MILLIS = TimeUnit.HOURS.toMillis(1);

    /** More than a cluster has nodes; when all have been heard of, newcomers wait. */
    private static final int MAX_SOURCES = 1000;

    /** The words up to the first number, bracket or colon. */
    private static final Pattern KIND = Pattern.compile("^[^\\d\\[:]*");

    /** An address without its port, which is another for each connection. */
    private static final Pattern SOURCE =
            Pattern.compile("pekko://[^@\\s]+@([^:\\]\\s]+)|(\\d{1,3}(?:\\.\\d{1,3}){3})|from ([0-9a-f:]+:[0-9a-f]+)");

    private final LongSupplier clock;
    private final Map<String, Long> told = new HashMap<>();

    public OncePerSource() {
        this(System::currentTimeMillis);
    }

    OncePerSource(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (format == null || !level.isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        String name = logger.getName();
        if (NETWORK.stream().noneMatch(name::startsWith)) {
            return FilterReply.NEUTRAL;
        }
        String message = MessageFormatter.arrayFormat(format, params).getMessage();
        return isNew(name, message) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private boolean isNew(String logger, String message) {
        Matcher kind = KIND.matcher(message);
        Matcher source = SOURCE.matcher(message);
        String key = logger + " " + (kind.find() ? kind.group() : "") + " " + (source.find() ? source.group() : "");
        long now = clock.getAsLong();
        synchronized (told) {
            Long last = told.get(key);
            if (last != null && now - last < PAUSE_MILLIS) {
                return false;
            }
            if (last == null && told.size() >= MAX_SOURCES) {
                told.values().removeIf(time -> now - time >= PAUSE_MILLIS);
                if (told.size() >= MAX_SOURCES) {
                    return false;
                }
            }
            told.put(key, now);
            return true;
        }
    }
}
