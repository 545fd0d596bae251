package dev.starling.scenario;

/** A value breaks its own rule; the message completes "rounds.cohort must be …". */
final class Unfit extends Exception {

    Unfit(String rule) {
        super(rule);
    }

    /** What the setting must be, for example {@code a whole number}. */
    String rule() {
        return String.valueOf(getMessage());
    }
}
