package dev.starling.cli.processes;

/** What must happen to a process did not, or not in time. */
public final class ProcessFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ProcessFailure(String message) {
        super(message);
    }
}
