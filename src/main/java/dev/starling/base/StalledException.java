package dev.starling.base;

/** The fleet will never do what a run waits for; the message says why, and what to change. */
public final class StalledException extends IllegalStateException {

    public StalledException(String message) {
        super(message);
    }
}
