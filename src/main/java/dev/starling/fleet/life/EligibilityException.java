package dev.starling.fleet.life;

/** An expression that says no condition; the message names the column, what stands there, and what could. */
public final class EligibilityException extends RuntimeException {

    EligibilityException(int column, String message) {
        super("column " + column + ": " + message);
    }
}
