package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.SimTime;
import dev.starling.fleet.RoundPlan;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is evaluated at the end of a run. */
class SurveySampleTest {

    private static List<Integer> surveyed(int devices, List<Integer> asked, long seed) {
        Scenario scenario = ScenarioReader.parse(
                "seed = " + seed + "\nfleet.devices = " + devices + "\ndata.source.kind = synthetic\n", "x.conf");
        FleetLedger ledger = new FleetLedger();
        ledger.note(RoundPlan.instant(1, new SimTime(0), asked, List.of()), reporter -> null, Set.of(), Set.of());
        return Records.devicesToSurvey(scenario, ledger);
    }

    @Test
    void smallFleetsAreEvaluatedWholeAndOfLargeOnesThoseThatWereAsked() {
        assertThat(surveyed(40, List.of(3, 5), 1)).hasSize(40);
        assertThat(surveyed(20_000, List.of(7, 3, 19_999), 1)).containsExactly(3, 7, 19_999);
    }

    @Test
    void ofTooManyASeededSampleOverAllIdsIsEvaluated() {
        List<Integer> asked = IntStream.range(0, 40_000).boxed().toList();
        List<Integer> sample = surveyed(50_000, asked, 1);

        assertThat(sample).hasSize(Records.SURVEY_LIMIT).isSorted().doesNotHaveDuplicates();
        // A quarter of each ten thousand ids: hypergeometric, standard deviation 38.
        for (int part = 0; part < 4; part++) {
            int from = part * 10_000;
            assertThat(sample.stream()
                            .filter(id -> id >= from && id < from + 10_000)
                            .count())
                    .isBetween(2_300L, 2_700L);
        }
        assertThat(surveyed(50_000, asked, 1)).isEqualTo(sample);
        assertThat(surveyed(50_000, asked, 2)).isNotEqualTo(sample);
    }
}
