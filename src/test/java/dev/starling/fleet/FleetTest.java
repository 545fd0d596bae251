package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final DeviceClass FAST = new DeviceClass("fast", 0.25, 8e9, 4e6, 2e6, 0, 0);
    private static final DeviceClass SLOW = new DeviceClass("slow", 0.75, 1e9, 1e6, 5e5, 0.5, 0.1);

    @Test
    void profilesAreTheSameAtEveryCallAndDifferBetweenSeeds() {
        Fleet fleet = Fleets.of(1000, 7, FAST, SLOW);
        Fleet twin = Fleets.of(1000, 7, FAST, SLOW);
        Fleet other = Fleets.of(1000, 8, FAST, SLOW);
        assertThat(fleet.profile(999)).isEqualTo(twin.profile(999)).isEqualTo(fleet.profile(999));
        assertThat(IntStream.range(0, 1000)
                        .filter(device -> fleet.profile(device).equals(other.profile(device)))
                        .count())
                .isLessThan(150);
    }

    @Test
    void classesTakeTheirSharesOfTheFleet() {
        Fleet fleet = Fleets.of(100_000, 1, FAST, SLOW);
        Map<String, Long> counts = IntStream.range(0, 100_000)
                .mapToObj(device -> fleet.profile(device).className())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        // Standard deviation of the share is 0.0014.
        assertThat(counts.getOrDefault("fast", 0L) / 1e5).isCloseTo(0.25, within(0.006));
    }

    @Test
    void withoutSpreadEveryDeviceHasTheFiguresOfItsClass() {
        assertThat(Fleets.of(5, 3, Fleets.STEADY).profile(4)).isEqualTo(new DeviceProfile("steady", 1e6, 1000, 500, 0));
    }

    @Test
    void spreadIsLogNormalAroundTheMedian() {
        Fleet fleet = Fleets.of(40_000, 5, new DeviceClass("any", 1, 1e9, 1e6, 1e6, 0.5, 0));
        double[] logs = IntStream.range(0, 40_000)
                .mapToDouble(device -> Math.log(fleet.profile(device).flopsPerSecond() / 1e9))
                .toArray();
        double mean = IntStream.range(0, logs.length)
                .mapToDouble(i -> logs[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, logs.length)
                .mapToDouble(i -> logs[i] * logs[i])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(Math.sqrt(variance)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void aDeviceOutsideOfTheFleetIsRefused() {
        assertThatThrownBy(() -> Fleets.of(5, 3, Fleets.STEADY).profile(5)).hasMessage("device must be 0 to 4, got 5");
    }
}
