package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {

    /** A clock may start anywhere, below zero too. */
    private final AtomicLong nanos = new AtomicLong(-123_456_789L);

    private final Rate rate = new Rate(nanos::get);

    private void passSeconds(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void theFirstSecondIsNotFullYet() {
        rate.add(50);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void aSteadyStreamHasItsRate() {
        for (int i = 0; i < 35; i++) {
            rate.add(20);
            rate.add(10);
            passSeconds(1);
        }
        assertThat(rate.perSecond()).isEqualTo(30);
    }

    @Test
    void aShortRunIsAveragedOverItsFullSeconds() {
        rate.add(90);
        passSeconds(3.5);
        rate.add(1000);
        assertThat(rate.perSecond()).isEqualTo(30);
    }

    @Test
    void readingDoesNotChangeIt() {
        rate.add(40);
        passSeconds(2);
        assertThat(rate.perSecond()).isEqualTo(20).isEqualTo(rate.perSecond());
    }

    @Test
    void whatIsOlderThanTenSecondsIsForgotten() {
        rate.add(1_000_000);
        passSeconds(10.5);
        assertThat(rate.perSecond()).isEqualTo(100_000);
        passSeconds(1);
        assertThat(rate.perSecond()).isZero();
        passSeconds(1000);
        assertThat(rate.perSecond()).isZero();
    }
}
