package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final int REACHED_AFTER_NEVER = -1;

    /** The tasks of all rounds; federated ones as F, pre-training as B. */
    private static String course(String settings, int reachedAfter) {
        Scenario scenario = ScenarioReader.parse("fleet.devices = 4, rounds.cohort = 2\n" + settings, "test.conf");
        Course course = new Course(scenario.phases(), scenario.personal());
        List<String> rounds = new ArrayList<>();
        while (!course.finished()) {
            rounds.add(
                    switch (course.next()) {
                        case FEDERATED -> course.baseIsLastOfItsKind() ? "F!" : "F";
                        case PRE_TRAINING -> "B!";
                        case SESSION -> "S";
                        case UPDATE -> course.task().toString();
                    });
            course.done();
            if (rounds.size() == reachedAfter) {
                course.targetReached();
            }
        }
        assertThatThrownBy(course::next).isInstanceOf(IllegalStateException.class);
        return String.join(" ", rounds);
    }

    @Test
    void federatedRoundsEndAtTheLastOne() {
        assertThat(course("rounds.max = 3", REACHED_AFTER_NEVER)).isEqualTo("F F F!");
    }

    @Test
    void theTargetEndsThemIfTheScenarioStopsThere() {
        assertThat(course("rounds { max = 5, target.value = 0.5 }", 2)).isEqualTo("F F");
        assertThat(course("rounds { max = 3, target { value = 0.5, stop = false } }", 2))
                .isEqualTo("F F F!");
    }

    @Test
    void everyRoundIsNamedAndCountedInItsPart() {
        Scenario scenario = ScenarioReader.parse("""
                fleet.devices = 4, rounds { cohort = 2, max = 12, target.value = 0.5 }
                personal { sessions = 3, share = 0.5, update { policy = rebase, after = 2, rounds = 2 } }
                """, "test.conf");
        Course course = new Course(scenario.phases(), scenario.personal());
        List<String> told = new ArrayList<>();
        for (int done = 0; !course.finished(); done++) {
            told.add(course.opens(done).text() + " of " + course.opens(done).lastRound());
            course.done();
            if (done == 1) {
                course.targetReached();
            }
        }
        assertThat(told)
                .containsExactly(
                        "round  1/12 of 18",
                        "round  2/12 of 18",
                        "session 1/3 of 8",
                        "session 2/3 of 8",
                        "update round 1/2 of 8",
                        "update round 2/2 of 8",
                        "app update of 8",
                        "session 3/3 of 8");
    }

    @Test
    void sessionsFollowTheFederatedRounds() {
        assertThat(course("rounds.max = 2, personal.sessions = 3", REACHED_AFTER_NEVER))
                .isEqualTo("F F! S S S");
        assertThat(course("rounds { max = 5, target.value = 0.5 }, personal.sessions = 1", 1))
                .isEqualTo("F S");
        assertThat(course("rounds.max = 0, personal.sessions = 2", REACHED_AFTER_NEVER))
                .isEqualTo("S S");
    }

    @Test
    void anUpdateComesBetweenSessionsAfterTheRoundsThatMakeIt() {
        String update = "personal { sessions = 3, share = 0.5, update { policy = rebase, after = 2, rounds = 2 } }";
        assertThat(course("rounds.max = 1\n" + update, REACHED_AFTER_NEVER)).isEqualTo("F! S S F F! REBASE S");
    }

    @Test
    void anUpdateCanComeFromTheCoordinatorsOwnData() {
        String update = "data.proxy = 0.1, pre-training.epochs = 1, rounds.max = 0\n"
                + "personal { sessions = 1, update { policy = retrain, after = 1, base = proxy } }";
        assertThat(course(update, REACHED_AFTER_NEVER)).isEqualTo("S B! RETRAIN");
    }
}
