package dev.starling.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.metrics.RoundRecord;
import dev.starling.store.ModelRoot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each invariant fails when it is violated. */
class InvariantsTest {

    private final Invariants invariants = new Invariants(true, null);

    @BeforeEach
    void begin() {
        invariants.begins("run");
    }

    private static RoundRecord round(int round, int version, double loss) {
        return new RoundRecord(
                round,
                version,
                new SimTime(round),
                round,
                0,
                0,
                0,
                0,
                0,
                false,
                loss,
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    private void train(int device, double weight) {
        Lineage lineage = Lineage.of(new Work(1, 0, 1, new SimTime(0)));
        invariants.handled(new Device.Train("run", device, 1, lineage, 0, 0, weight));
    }

    @Test
    void whatIsTrueIsNoViolation() {
        invariants.committed("run", round(1, 1, 0.5));
        invariants.committed("run", round(2, 2, 0.4));
        invariants.begins("run~1");
        invariants.resumed(List.of(round(1, 1, 0.5)));
        invariants.committed("run~1", round(2, 2, 0.4));
        invariants.coordinators(1);
        assertThat(invariants.violation()).isNull();
    }

    @Test
    void versionsNeverGoBack() {
        invariants.committed("run", round(1, 1, 0.5));
        invariants.committed("run", round(2, 0, 0.4));
        assertThat(invariants.violation()).isEqualTo("version 0 comes after version 1");
    }

    @Test
    void aRoundIsCommittedOnce() {
        invariants.committed("run", round(1, 1, 0.5));
        invariants.committed("run", round(1, 1, 0.5));
        assertThat(invariants.violation()).isEqualTo("round 1 is committed after round 1");
    }

    @Test
    void aCommittedRoundStaysAsItIsForWhoeverCoordinates() {
        invariants.committed("run", round(1, 1, 0.5));
        invariants.begins("run~1");
        invariants.resumed(List.of(round(1, 1, 0.4)));
        assertThat(invariants.violation()).startsWith("round 1 was RoundRecord");
    }

    @Test
    void onlyCommittedRoundsAreResumed() {
        invariants.resumed(List.of(round(1, 1, 0.5)));
        assertThat(invariants.violation()).isEqualTo("round 1 is resumed, and was never committed");
    }

    @Test
    void whoeverWasAskedIsAccountedFor() {
        train(3, 1);
        invariants.committed("run", round(1, 1, 0.5));
        assertThat(invariants.violation()).isEqualTo("round 1 asked [3], counted or rejected []");
    }

    @Test
    void aDeviceWeighsTheSameHoweverOftenItIsAsked() {
        train(3, 0.5);
        train(3, 0.4);
        assertThat(invariants.violation()).isEqualTo("device 3 weighs 0.5 and 0.4 in round 1");
    }

    @Test
    void weightsSumToOne() {
        assertThat(Invariants.problemWithWeights(1, Map.of(1, 0.5, 2, 0.25), true))
                .contains("weights of round 1 sum to 0.75");
        assertThat(Invariants.problemWithWeights(1, Map.of(1, 0.5, 2, 0.25), false))
                .isEmpty();
        assertThat(Invariants.problemWithWeights(1, Map.of(1, 0.75, 2, 0.5), false))
                .contains("weights of round 1 sum to 1.25");
        assertThat(Invariants.problemWithWeights(1, Map.of(1, 0.75, 2, 0.25), true))
                .isEmpty();
    }

    @Test
    void thereIsOneCoordinatorAtMost() {
        invariants.coordinators(2);
        assertThat(invariants.violation()).isEqualTo("there are 2 coordinators");
    }

    @Test
    void whoeverWasFollowedCommitsNothing() {
        invariants.committed("run", round(1, 1, 0.5));
        invariants.begins("run~1");
        invariants.resumed(List.of(round(1, 1, 0.5)));
        invariants.committed("run", round(2, 2, 0.4));
        assertThat(invariants.violation()).isEqualTo("round 2 is committed by run, which run~1 has followed");
    }

    @Test
    void aVersionHasOneRoot() {
        invariants.offered(4, new ModelRoot("a".repeat(64)));
        invariants.offered(4, new ModelRoot("a".repeat(64)));
        assertThat(invariants.violation()).isNull();
        invariants.offered(4, new ModelRoot("b".repeat(64)));
        assertThat(invariants.violation()).startsWith("base version 4 has root aaaa");
    }

    @Test
    void onlyWireMessagesCrossNodes() {
        invariants.crosses("a word");
        assertThat(invariants.violation()).isEqualTo("a word crosses nodes and is no wire message");
    }
}
