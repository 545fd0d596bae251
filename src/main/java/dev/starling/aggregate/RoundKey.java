package dev.starling.aggregate;

/**
 * One try at a round. A round is tried again when two nodes hold the same device's delta, or a device came to a node that had
 * handed in, which can only happen after a node was lost or shards moved.
 *
 * @param round counts from 1
 * @param attempt counts from 1
 */
public record RoundKey(int round, int attempt) {

    boolean isBefore(RoundKey other) {
        return round < other.round || (round == other.round && attempt < other.attempt);
    }
}
