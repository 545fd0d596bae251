package dev.starling.metrics;

/**
 * Told by the coordinator what happens, in order, from one thread. Implementations are quick and do not throw: they
 * print progress, write result files, feed JMX.
 */
public interface RunListener {

    void started(RunInfo info);

    void phase(Phase phase);

    /** {@code reported} of {@code expected} reporters of the running round are in. */
    void progress(int round, int reported, int expected);

    void roundCommitted(RoundRecord round);

    void finished(RunOutcome outcome);
}
