package dev.starling.cluster;

import dev.starling.base.InputException;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Why an actor system did not come up, as people should hear it. */
final class StartFailure {

    private StartFailure() {}

    /** What to throw for {@code failure}, which is given back if nothing better can be said. */
    static RuntimeException of(NodeSettings settings, Exception failure) {
        Optional<Throwable> port = find(failure, BindException.class::isInstance);
        if (port.isPresent()) {
            return bind(settings, port.get());
        }
        Optional<Throwable> late = find(failure, StartFailure::isTimeout);
        if (late.isPresent()) {
            return new LateStartException(
                    "this node did not come up in time, as the machine was too busy or stood still: "
                            + firstLine(late.get()) + "; start it again, or give it longer: raise "
                            + "pekko.actor.creation-timeout in conf/application.conf",
                    failure);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static InputException bind(NodeSettings settings, Throwable cause) {
        String port = settings.port().isPresent() ? "" + settings.port().getAsInt() : "of conf/application.conf";
        return new InputException(
                "--port",
                "cannot listen on " + settings.host() + " port " + port + ": " + cause.getMessage()
                        + "; take another port, or 0 for any free one");
    }

    /** Pekko throws exceptions of three kinds where a part of it waits for another; two are known by what they say only. */
    private static boolean isTimeout(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof TimeoutException
                || (message.startsWith("Initialization of [") && message.contains("] took more than ["))
                || message.contains("did not respond with LoggerInitialized, sent instead [TIMEOUT]");
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    /** Up to its first sentence's end: the rest is advice for those who write actors. */
    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf("]. ");
        return end < 0 ? message.lines().findFirst().orElse("") : message.substring(0, end + 1);
    }
}
