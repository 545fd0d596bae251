package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRulesTest {

    private static final String NUMBERS = "data.source { kind = csv, file = a.csv, numerical = [a], target = y }\n";

    @Test
    void lossMustFitWhatIsPredicted() {
        assertThat(Told.about("\nmodel.loss = mse"))
                .containsExactly("x.conf:2: model.loss must be cross-entropy to predict classes, got mse");
        assertThat(Told.about(NUMBERS + "model.loss = cross-entropy"))
                .containsExactly(
                        "x.conf:2: model.loss must be mse, mae, huber or sigmoid-cross-entropy to predict numbers, got cross-entropy");
        assertThat(Told.about(NUMBERS)).isEmpty();
    }

    @Test
    void lossOfAnArchiveIsNotGuessedAt() {
        assertThat(Told.about("data.source { kind = npz, file = a.npz }, model.loss = mse"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mae", "rmse"})
    void metricOfNumbersIsNotForClasses(String metric) {
        assertThat(Told.about("rounds.target.metric = " + metric))
                .containsExactly("x.conf:1: rounds.target.metric must be accuracy or loss with model.loss ="
                        + " cross-entropy, got " + metric);
    }

    @Test
    void accuracyIsForClasses() {
        assertThat(Told.about(NUMBERS + "rounds.target.metric = accuracy"))
                .containsExactly(
                        "x.conf:2: rounds.target.metric must be mae, rmse or loss with model.loss = mse, got accuracy");
    }

    @Test
    void accuracyIsNoPercentage() {
        assertThat(Told.about("rounds.target {\n value = 97 }"))
                .containsExactly("x.conf:2: rounds.target.value must be at most 1 for accuracy, got 97");
        assertThat(Told.about("rounds.target { value = 97, metric = loss }")).isEmpty();
    }

    @Test
    void roundingIsAskedForByNameAndNotByTheStore() {
        assertThat(Told.about("store.adopt = int8"))
                .containsExactly(
                        "x.conf:1: store.adopt must be none where store.policy is off: local.rounding = int8 says"
                                + " that devices round what they train and upload; got int8");
        assertThat(Told.about("local.rounding = int4, store {\n policy = delta, adopt = int8 }"))
                .containsExactly(
                        "x.conf:2: store.adopt must be none, as it is an older name of local.rounding (int4); got int8");
        assertThat(Told.scenario("store { policy = delta, adopt = int8 }")
                        .keeping()
                        .rounding())
                .isEqualTo(8);
        assertThat(Told.scenario("local.rounding = int4").keeping().rounding()).isEqualTo(4);
        assertThat(Told.about("local.rounding = int4\n algorithm.kind = data-parallel"))
                .containsExactly(
                        "x.conf:1: local.rounding must be none with algorithm.kind = data-parallel, where devices"
                                + " hand over gradients; got int4");
    }

    @Test
    void hiddenUnitsMustNotStartAlike() {
        assertThat(Told.about("model { network = \"mlp(10)\"\n init = zero }"))
                .containsExactly("x.conf:2: model.init must be he or glorot where there are hidden layers, got zero:"
                        + " their units would never differ");
        assertThat(Told.about("model { network = logistic, init = zero }")).isEmpty();
    }

    @Test
    void modelIsNotDescribedTwice() {
        assertThat(Told.about("model { network = logistic\n layers = [] }"))
                .containsExactly("x.conf:1: model.network must be left out where model.layers is given");
        assertThat(Told.about("model { init-from = a.npz\n init = he }"))
                .containsExactly("x.conf:2: model.init must be left out where model.init-from is given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fedsgd | epochs = 2 | local.epochs must be 1 with algorithm.kind = fedsgd, got 2",
                "fedsgd | batch = 10 | local.batch must be full with algorithm.kind = fedsgd, got 10",
                "fedsgd | momentum = 0.9 | local.momentum must be 0 with algorithm.kind = fedsgd, where a device takes one step; got 0.9",
                "data-parallel | epochs = 3 | local.epochs must be 1 with algorithm.kind = data-parallel, got 3",
                "data-parallel | momentum = 0.5 | local.momentum must be 0 with algorithm.kind = data-parallel, where a device takes one step; got 0.5",
            })
    void oneStepIsOneStep(String kind, String local, String message) {
        assertThat(Told.about("algorithm.kind = " + kind + "\nlocal." + local)).containsExactly("x.conf:2: " + message);
    }

    @ParameterizedTest
    @CsvSource({"adagrad", "adam", "yogi"})
    void adaptiveServersNeedAStepSize(String server) {
        assertThat(Told.about("\nalgorithm.server.kind = " + server))
                .containsExactly("x.conf:2: algorithm.server.learning-rate is required with algorithm.server.kind = "
                        + server + "; 0.01 to 0.1 is common");
        assertThat(Told.about("algorithm.server { learning-rate = 0.01, kind = " + server + " }"))
                .isEmpty();
    }

    @Test
    void settingsOfRmspropDoNotApplyWithSgd() {
        assertThat(Told.about("pre-training.optimizer = rmsprop, pre-training { decay = 0.8, epsilon = 1e-6 }"))
                .isEmpty();
        assertThat(Told.about("\npre-training.decay = 0.8"))
                .containsExactly("x.conf:2: pre-training.decay does not apply with pre-training.optimizer = sgd");
        assertThat(Told.about("\npre-training { optimizer = rmsprop, decay = 1 }"))
                .containsExactly("x.conf:2: pre-training.decay must be at least 0 and below 1, got 1");
    }

    @Test
    void preTrainingNeedsProxyData() {
        assertThat(Told.about("\npre-training.epochs = 2"))
                .containsExactly("x.conf:2: data.proxy must be above 0 where pre-training.epochs is given (2), got 0");
    }
}
