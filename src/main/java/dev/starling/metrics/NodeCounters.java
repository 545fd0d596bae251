package dev.starling.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What the training threads of one node have done since it started; written by all of them, read by JMX. */
public final class NodeCounters {

    private final LongAdder steps = new LongAdder();
    private final LongAdder examples = new LongAdder();
    private final LongAdder deltasFolded = new LongAdder();

    /** One local training was done and its delta folded. */
    public void trained(int localSteps, long examplesSeen) {
        steps.add(localSteps);
        examples.add(examplesSeen);
        deltasFolded.increment();
    }

    public long localSteps() {
        return steps.sum();
    }

    public long examplesTrained() {
        return examples.sum();
    }

    public long deltasFolded() {
        return deltasFolded.sum();
    }
}
