package dev.starling.cli;

/** A node found itself taken out of its cluster: it and the others could not reach each other. */
final class TakenOutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TakenOutException(String message) {
        super(message);
    }
}
