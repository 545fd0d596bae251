package dev.starling.fleet.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.DropOutReason;
import dev.starling.base.SimTime;
import dev.starling.data.TraceFile.Line;
import dev.starling.fleet.life.EligibleTime.Lapse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EligibleTimeTest {

    private static final SimTime START = new SimTime(1_000_000);

    private static EligibleTime time(String condition, Line... lines) {
        return new EligibleTime(new TracedLife(List.of(lines), START), Eligibility.of(condition));
    }

    private static SimTime at(int seconds) {
        return START.plusMillis(seconds * 1000L);
    }

    private static Line line(int from, int to, String words) {
        return new Line("d", from, to, List.of(words.split("\\+")));
    }

    @ParameterizedTest
    @CsvSource({
        "idle+unmetered, UNPLUGGED",
        "idle+charging, METERED",
        "charging+unmetered, IN_USE",
        "active+opted-out, OPTED_OUT",
        "active+battery=0.3, BATTERY"
    })
    void theReasonIsWhatChanged(String words, DropOutReason reason) {
        EligibleTime time = time(
                "charging && unmetered && idle && battery > 0.3 && !opted-out",
                line(0, 100, "active"),
                line(100, 200, words));
        assertThat(time.eligible(0, at(99))).isTrue();
        assertThat(time.eligible(0, at(100))).isFalse();
        assertThat(time.lapse(0, at(10), at(150), 0)).contains(new Lapse(at(100), reason));
        assertThat(time.lapse(0, at(10), at(100), 0)).isEmpty();
    }

    @Test
    void whoeverLeavesTheTraceIsOutOfReach() {
        EligibleTime time = time("always", line(0, 100, "online"), line(300, 400, "online"));
        assertThat(time.lapse(0, at(10), at(150), 0)).contains(new Lapse(at(100), DropOutReason.OFFLINE));
        assertThat(time.eligible(0, at(200))).isFalse();
    }

    @Test
    void aChangeThatLeavesADeviceEligibleIsNoLapse() {
        EligibleTime time = time("idle || charging", line(0, 100, "idle+charging"), line(100, 200, "idle"));
        assertThat(time.lapse(0, at(10), at(150), 0)).isEmpty();
    }

    @Test
    void workThatEmptiesTheBatteryEndsItself() {
        EligibleTime time = time("battery > 0.3", line(0, 100, "battery=0.5"), line(100, 200, "idle+battery=0.5"));
        // Half of the work is done after 100 s: 0.5 − 0.25 is too little.
        assertThat(time.lapse(0, at(0), at(200), 0.5)).contains(new Lapse(at(100), DropOutReason.BATTERY));
        assertThat(time.lapse(0, at(0), at(200), 0.1)).isEmpty();
    }

    @Test
    void tracesBeginAgainAndAreDealtInTurn() {
        TracedLife life = new TracedLife(
                List.of(new Line("x", 0, 50, List.of("idle")), new Line("y", 20, 100, List.of("charging"))), START);
        assertThat(life.traces()).isEqualTo(2);
        for (int cycle = 0; cycle < 3; cycle++) {
            for (int device = 0; device < 6; device++) {
                SimTime at = at(100 * cycle + 30);
                assertThat(life.at(device, at).state().idle()).isEqualTo(device % 2 == 0);
                assertThat(life.at(device, at).state().charging()).isEqualTo(device % 2 == 1);
            }
            assertThat(life.at(0, at(100 * cycle + 50)).state()).isEqualTo(DeviceState.OFFLINE);
            assertThat(life.at(0, at(100 * cycle + 50)).until()).isEqualTo(at(100 * cycle + 100));
            assertThat(life.at(1, at(100 * cycle)).until()).isEqualTo(at(100 * cycle + 20));
        }
    }
}
