package dev.starling.cli;

/** What the process tells the shell. */
public final class ExitCode {

    public static final int OK = 0;

    /** Something went wrong that is not the user's fault; the log has details. */
    public static final int FAILED = 1;

    /** What the user gave cannot be used: arguments, scenario, data, a port. */
    public static final int BAD_INPUT = 2;

    /** Ended by Ctrl-C: 128 + SIGINT. The JVM itself exits so once its shutdown hooks are through. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
