package dev.starling.device;

/** What was waited for will never come: the run is over on this node, or was taken up again under another name. */
final class RunOverException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RunOverException() {
        super("the run is over");
    }
}
