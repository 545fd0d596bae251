package dev.starling.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
        boolean forPeople = cause instanceof InputException
                || cause instanceof DivergedException
                || cause instanceof StalledException
                || cause instanceof UncheckedIOException;
        return message == null || !forPeople ? cause.toString() : message;
    }

    /** Why a file could not be read or written, without the name of an exception or, again, of the file. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        String told = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return told == null ? e.getClass().getSimpleName() : told;
    }
}
