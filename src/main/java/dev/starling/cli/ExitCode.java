package dev.starling.cli;

/** What the process tells the shell. */
final class ExitCode {

    static final int OK = 0;

    /** Something went wrong that is not the user's fault; the log has details. */
    static final int FAILED = 1;

    /** What the user gave cannot be used: arguments, scenario, data, a port. */
    static final int BAD_INPUT = 2;

    /** Ended by Ctrl-C: 128 + SIGINT. The JVM itself exits so once its shutdown hooks are through. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
