package dev.starling.aggregate;

/** What became of a delta that was handed to a {@link RoundFold}. */
public sealed interface FoldResult {

    /** It is in the sum. */
    record Counted() implements FoldResult {}

    /** It is not in the sum and never will be: training diverged, or a value is not finite or out of range. */
    record Rejected(String reason) implements FoldResult {}

    /** Nothing was done: this device's delta was handed in before. */
    record Duplicate() implements FoldResult {}

    /** Nothing was done: the round is closed on this node. */
    record Closed() implements FoldResult {}
}
