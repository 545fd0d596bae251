package dev.starling.cluster;

/** A node did not come up in time: nothing is wrong with what the user gave, and the same may do another time. */
public final class LateStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LateStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
