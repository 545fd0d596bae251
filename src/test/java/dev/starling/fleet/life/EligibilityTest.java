package dev.starling.fleet.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EligibilityTest {

    private static DeviceState state(boolean idle, boolean charging, boolean unmetered, boolean out, double battery) {
        return new DeviceState(true, idle, charging, unmetered, out, battery);
    }

    @Test
    void theUsualConditionIsTrueForExactlyTheStatesItNames() {
        Eligibility usual = Eligibility.of("charging && unmetered && idle && battery > 0.3 && !opted-out");
        for (int bits = 0; bits < 32; bits++) {
            boolean idle = (bits & 1) != 0;
            boolean charging = (bits & 2) != 0;
            boolean unmetered = (bits & 4) != 0;
            boolean out = (bits & 8) != 0;
            double battery = (bits & 16) != 0 ? 0.31 : 0.3;
            boolean expected = idle && charging && unmetered && !out && battery > 0.3;
            assertThat(usual.allows(state(idle, charging, unmetered, out, battery)))
                    .as("bits %d", bits)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "charging || idle && unmetered, true",
        "(charging || idle) && unmetered, false",
        "!(idle && unmetered), true",
        "!idle, true",
        "!!charging, true",
        "battery >= 0.5, true",
        "battery > .5, false",
        "battery <= 0.5, true",
        "battery < 0.5, false",
        "always, true",
        "  charging&&battery<1 , true",
        "idle || opted-out, false"
    })
    void andBindsStrongerThanOr(String text, boolean allowed) {
        assertThat(Eligibility.of(text).allows(state(false, true, false, false, 0.5)))
                .isEqualTo(allowed);
    }

    @Test
    void whoIsOutOfReachIsNeverEligible() {
        assertThat(Eligibility.ALWAYS.allows(DeviceState.OFFLINE)).isFalse();
        assertThat(Eligibility.of("!charging").allows(DeviceState.OFFLINE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "chargin && idle ~ column 1: must be charging, unmetered, idle, opted-out, battery or always, got \"chargin\"",
                "idle & charging ~ column 6: must be && or || or the end, got \"&\"",
                "idle && ~ column 8: must be charging, unmetered, idle, opted-out, battery or always, ! or (, got the end",
                "(idle ~ column 6: must be ), got the end",
                "idle) ~ column 5: must be && or || or the end, got \")\"",
                "battery ~ column 8: must be >, >=, < or <= after battery, got the end",
                "battery > 30 ~ column 11: must be a share from 0 to 1, got 30",
                "battery > x ~ column 11: must be a share from 0 to 1, got \"x\"",
                "battery == 1 ~ column 9: must be >, >=, < or <= after battery, got \"=\"",
            })
    void mistakesAreToldWithTheirColumn(String text, String message) {
        assertThatThrownBy(() -> Eligibility.of(text))
                .isInstanceOf(EligibilityException.class)
                .hasMessage(message);
    }

    @Test
    void nestingHasAnEnd() {
        assertThatThrownBy(() -> Eligibility.of("!".repeat(200) + "idle")).hasMessageContaining("more than 100 deep");
    }
}
