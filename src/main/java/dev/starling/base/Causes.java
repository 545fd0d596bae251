package dev.starling.base;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

/** What went wrong, without the wrapping that futures put around it. */
public final class Causes {

    private Causes() {}

    /** What a failed stage of a future failed of. A lack of memory is not handed on: see {@link OutOfMemory}. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                return cause;
            }
            cause = inner;
        }
        OutOfMemory.check(cause);
        return cause;
    }

    /** One sentence about it: its message if that is for people, else with its class. */
    public static String sentence(Throwable failure) {
        Throwable cause = of(failure);
        String message = cause.getMessage();
        boolean forPeople = cause instanceof InputException || cause instanceof UncheckedIOException;
        return message == null || !forPeople ? cause.toString() : message;
    }
}
