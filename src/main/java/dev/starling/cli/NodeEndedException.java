package dev.starling.cli;

/** A process that a run had started ended before the run could begin; what it said is for people. */
public final class NodeEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NodeEndedException(String message) {
        super(message);
    }
}
