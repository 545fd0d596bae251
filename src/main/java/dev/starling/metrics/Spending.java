package dev.starling.metrics;

/**
 * What work took out of a phone and of its owner's data plan.
 *
 * @param computeJoules energy of training
 * @param radioJoules energy of sending and receiving
 * @param bytes sent and received
 * @param meteredBytes part of them that went over a metered network
 * @param awakeMillis fleet time for which the phone was at it
 */
public record Spending(double computeJoules, double radioJoules, long bytes, long meteredBytes, long awakeMillis) {

    public static final Spending NOTHING = new Spending(0, 0, 0, 0, 0);

    /** Energy in all. */
    public double joules() {
        return radioJoules + computeJoules;
    }

    /** What it is more than {@code part}, which is a part of it. */
    public Spending minus(Spending part) {
        return new Spending(
                computeJoules - part.computeJoules,
                radioJoules - part.radioJoules,
                bytes - part.bytes,
                meteredBytes - part.meteredBytes,
                awakeMillis - part.awakeMillis);
    }

    /** Fleet time for which the phone was at it. */
    public double awakeSeconds() {
        return awakeMillis / 1000.0;
    }

    public Spending plus(Spending other) {
        return new Spending(
                computeJoules + other.computeJoules,
                radioJoules + other.radioJoules,
                bytes + other.bytes,
                meteredBytes + other.meteredBytes,
                awakeMillis + other.awakeMillis);
    }
}
