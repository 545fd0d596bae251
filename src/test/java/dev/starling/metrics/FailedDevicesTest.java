package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedDevicesTest {

    private static List<FailedDevices> of(Map<Integer, String> reasons) {
        return FailedDevices.of(new TreeMap<>(reasons));
    }

    @Test
    void reasonsThatDifferInNumbersAreOneKindAndTheMostFrequentComesFirst() {
        List<FailedDevices> found = of(Map.of(
                2, "value 7 is out of range",
                9, "diverged at step 12, mean loss up to there 5.25E-4",
                4, "diverged at step 3, mean loss up to there NaN",
                30, "diverged at step 3, mean loss up to there -Infinity"));
        assertThat(found)
                .containsExactly(
                        new FailedDevices("diverged at step 3, mean loss up to there NaN", 4, 3),
                        new FailedDevices("value 7 is out of range", 2, 1));
        assertThat(found.get(0).text()).isEqualTo("device 4 and 2 more: diverged at step 3, mean loss up to there NaN");
        assertThat(found.get(1).text()).isEqualTo("device 2: value 7 is out of range");
    }

    @Test
    void roundsAreSummedByKindAndTheFirstWordsStay() {
        List<FailedDevices> first = of(Map.of(1, "diverged at step 3"));
        List<FailedDevices> second = of(Map.of(0, "diverged at step 8", 5, "diverged at step 9", 6, "broken"));
        assertThat(FailedDevices.sum(first, second))
                .containsExactly(new FailedDevices("diverged at step 3", 1, 3), new FailedDevices("broken", 6, 1));
    }

    @Test
    void aReasonIsOneLineAndTheKindsAreFew() {
        assertThat(new FailedDevices("bad\n\tdata \r\n at all\n", 1, 1).reason())
                .isEqualTo("bad data at all");
        Map<Integer, String> reasons = IntStream.range(0, 26)
                .boxed()
                .collect(Collectors.toMap(device -> device, device -> "reason " + (char) ('a' + device)));
        assertThat(of(reasons))
                .hasSize(10)
                .startsWith(new FailedDevices("reason a", 0, 1))
                .endsWith(new FailedDevices("other reasons", 9, 17));
        // However often they are summed, every device is counted.
        List<FailedDevices> twice = FailedDevices.sum(of(reasons), of(reasons));
        assertThat(twice).hasSize(10);
        assertThat(twice.stream().mapToLong(FailedDevices::devices).sum()).isEqualTo(52);
    }
}
