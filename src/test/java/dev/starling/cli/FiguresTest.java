package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void bytesHaveThreeDigitsAtEveryScale() {
        assertThat(Figures.bytes(0)).isEqualTo("0 B");
        assertThat(Figures.bytes(999)).isEqualTo("999 B");
        assertThat(Figures.bytes(999.6)).isEqualTo("1.00 kB");
        assertThat(Figures.bytes(12_345)).isEqualTo("12.3 kB");
        assertThat(Figures.bytes(999_499)).isEqualTo("999 kB");
        assertThat(Figures.bytes(999_500)).isEqualTo("1.00 MB");
        assertThat(Figures.bytes(123e9)).isEqualTo("123 GB");
        assertThat(Figures.bytes(5e18)).isEqualTo("5000 PB");
    }

    @Test
    void durationsChangeTheirUnitsWhereTheyWouldGrowLong() {
        assertThat(Figures.duration(0.421)).isEqualTo("0.42 s");
        assertThat(Figures.duration(9.996)).isEqualTo("10.0 s");
        assertThat(Figures.duration(59.96)).isEqualTo("1 min 0 s");
        assertThat(Figures.duration(125)).isEqualTo("2 min 5 s");
        assertThat(Figures.duration(3599.9)).isEqualTo("1 h 0 min");
        assertThat(Figures.duration(12_000)).isEqualTo("3 h 20 min");
        assertThat(Figures.duration(187_200)).isEqualTo("2 d 4 h");
        assertThat(Figures.duration(Double.NaN)).isEqualTo("-");
    }

    @Test
    void ratesAndMetricsAreReadable() {
        assertThat(Figures.rate(12_345.6)).isEqualTo("12,346");
        assertThat(Figures.rate(1.2345)).isEqualTo("1.23");
        assertThat(Figures.rate(Double.NaN)).isEqualTo("-");
        assertThat(Figures.metric(0.97125)).isEqualTo("0.9713");
        assertThat(Figures.metric(Double.NaN)).isEqualTo("-");
    }
}
