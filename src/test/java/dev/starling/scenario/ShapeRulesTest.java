package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Problem;
import dev.starling.data.DataShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeRulesTest {

    private static final String ARCHIVE = "data.source { kind = npz, file = a.npz }\n";
    private static final DataShape CLASSES = new DataShape(List.of(60), 10, true);
    private static final DataShape NUMBERS = new DataShape(List.of(60), 1, false);

    @Test
    void scenarioThatFitsItsDataHasNoProblem() {
        assertThat(ShapeRules.problems(Told.scenario(ARCHIVE), CLASSES, ShapeRulesTest::anywhere))
                .isEmpty();
        assertThat(ShapeRules.problems(Told.scenario(ARCHIVE + "model.loss = mse"), NUMBERS, ShapeRulesTest::anywhere))
                .isEmpty();
    }

    @Test
    void lossAndMetricMustFitTheArraysOfAnArchive() {
        assertThat(ShapeRules.problems(Told.scenario(ARCHIVE + "model.loss = mse"), CLASSES, ShapeRulesTest::anywhere))
                .extracting(Problem::toString)
                .containsExactly(
                        "x.conf: model.loss must be cross-entropy for data with class labels, got mse",
                        "x.conf: rounds.target.metric must be accuracy or loss for data with class labels, got rmse");
        assertThat(ShapeRules.problems(Told.scenario(ARCHIVE), NUMBERS, ShapeRulesTest::anywhere))
                .extracting(Problem::toString)
                .containsExactly(
                        "x.conf: model.loss must be mse, mae, huber or sigmoid-cross-entropy for data with numbers to predict, got cross-entropy",
                        "x.conf: rounds.target.metric must be mae, rmse or loss for data with numbers to predict,"
                                + " got accuracy");
    }

    @Test
    void fixedCohortsMustCoverTheRun() {
        Scenario scenario = Told.scenario("rounds { cohort = 20, max = 10, cohorts = c.npy }");

        assertThat(ShapeRules.cohortProblems(scenario, 10, 20, ShapeRulesTest::anywhere))
                .isEmpty();
        assertThat(ShapeRules.cohortProblems(scenario, 9, 19, ShapeRulesTest::anywhere))
                .extracting(Problem::toString)
                .containsExactly(
                        "x.conf: rounds.cohort must be the row length of rounds.cohorts (19), got 20",
                        "x.conf: rounds.max must be at most the rows of rounds.cohorts (9), got 10");
    }

    private static String anywhere(String setting) {
        return "x.conf";
    }
}
