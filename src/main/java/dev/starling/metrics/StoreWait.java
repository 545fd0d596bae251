package dev.starling.metrics;

/**
 * What a node has made and its store has not taken yet.
 *
 * @param queued versions that wait, with those being written
 * @param written versions that the store has confirmed
 * @param awaySeconds since the store was first found unavailable; 0 while it answers
 * @param trainingWaits whether so much is queued that training waits too
 * @param problem why the store is away, for people; empty while it answers
 */
public record StoreWait(long queued, long written, double awaySeconds, boolean trainingWaits, String problem) {

    /** Nothing is kept, or nothing waits. */
    public static final StoreWait NONE = new StoreWait(0, 0, 0, false, "");

    public boolean away() {
        return awaySeconds > 0;
    }
}
