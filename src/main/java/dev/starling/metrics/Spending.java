package dev.starling.metrics;

/**
 * What work took out of a phone and of its owner's data plan.
 *
 * @param computeJoules energy of training
 * @param radioJoules energy of sending and receiving
 * @param bytes sent and received
 * @param meteredBytes part of them that went over a metered network
 */
public record Spending(double computeJoules, double radioJoules, long bytes, long meteredBytes) {

    public static final Spending NOTHING = new Spending(0, 0, 0, 0);

    /** Energy in all. */
    public double joules() {
        return radioJoules + computeJoules;
    }

    public Spending plus(Spending other) {
        return new Spending(
                computeJoules + other.computeJoules,
                radioJoules + other.radioJoules,
                bytes + other.bytes,
                meteredBytes + other.meteredBytes);
    }
}
