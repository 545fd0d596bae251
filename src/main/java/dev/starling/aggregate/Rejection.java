package dev.starling.aggregate;

/**
 * A device whose delta was not counted.
 *
 * @param reason one sentence, for example that its training diverged
 * @param diverged whether its training did
 */
public record Rejection(int device, String reason, boolean diverged) {

    /** For any other reason. */
    public Rejection(int device, String reason) {
        this(device, reason, false);
    }
}
