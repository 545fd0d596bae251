package dev.starling.metrics;

/**
 * The watched metric after one round. The getters are for JMX, which before JDK 21 does not see record components.
 *
 * @param round counts from 1
 */
public record MetricPoint(int round, double value) {

    public int getRound() {
        return round;
    }

    public double getValue() {
        return value;
    }
}
