package dev.starling.aggregate;

/**
 * What one node folded in one round.
 *
 * @param sum belongs to whoever asked for it; not thread-safe
 */
public record PartialSum(FoldTotals totals, ExactSum sum) {}
