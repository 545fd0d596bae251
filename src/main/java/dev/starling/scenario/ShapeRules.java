package dev.starling.scenario;

import dev.starling.algorithm.Algorithms;
import dev.starling.base.Problem;
import dev.starling.data.Augmentation;
import dev.starling.data.DataOutline;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Standardization;
import dev.starling.data.DataShape;
import dev.starling.fleet.RoundSettings;
import dev.starling.fleet.TierSettings;
import dev.starling.model.Architecture;
import dev.starling.model.LayerSpec;
import dev.starling.model.Loss;
import dev.starling.model.PersonalTensors;
import dev.starling.scenario.PhaseSettings.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What must hold between a scenario and the files that it names: only known once they have been looked into. */
public final class ShapeRules {

    /** What there is for data with numbers to predict. */
    static final String NUMBER_LOSSES = "mse, mae, huber or sigmoid-cross-entropy";

    private ShapeRules() {}

    /**
     * What does not fit together; empty if all is well.
     *
     * @param shape of the scenario's data
     * @param places from a setting to what a problem names as its place
     */
    public static List<Problem> problems(Scenario scenario, DataShape shape, UnaryOperator<String> places) {
        List<Problem> problems = new ArrayList<>();
        Loss loss = scenario.model().loss();
        if (loss.takesLabels() != shape.classification()) {
            problems.add(new Problem(
                    places.apply("model.loss"),
                    "model.loss must be " + (shape.classification() ? "cross-entropy" : NUMBER_LOSSES)
                            + " for data with "
                            + (shape.classification() ? "class labels" : "numbers to predict") + ", got "
                            + Values.spelled(loss)));
        }
        Metric metric = scenario.phases().metric();
        if (metric != Metric.LOSS && (metric == Metric.ACCURACY) != shape.classification()) {
            problems.add(new Problem(
                    places.apply("rounds.target.metric"),
                    "rounds.target.metric must be " + (shape.classification() ? "accuracy" : "mae, rmse")
                            + " or loss for data with "
                            + (shape.classification() ? "class labels" : "numbers to predict") + ", got "
                            + Values.spelled(metric)));
        }
        problems.addAll(imageProblems(scenario, shape, places));
        return List.copyOf(problems);
    }

    private static List<Problem> imageProblems(Scenario scenario, DataShape shape, UnaryOperator<String> places) {
        List<Problem> problems = new ArrayList<>();
        Features features = scenario.data().features();
        boolean images = shape.input().size() == 3;
        if (features.standardization() == Standardization.CHANNEL && !images) {
            problems.add(new Problem(
                    places.apply("data.features.standardize"),
                    "data.features.standardize must be true or false for data that are no images, got per-channel"));
        }
        if (!features.augmentation().equals(Augmentation.NONE) && !images) {
            problems.add(new Problem(
                    places.apply("data.features.augment"),
                    "data.features.augment must be left out for data that are no images " + shape.input()));
        }
        int crop = features.augmentation().crop();
        if (images && crop >= Math.min(shape.input().get(1), shape.input().get(2))) {
            problems.add(new Problem(
                    places.apply("data.features.augment.crop"),
                    "data.features.augment.crop must be below the sides of the images " + shape.input() + ", got "
                            + crop));
        }
        return problems;
    }

    /** What the layers of {@code model}, in the shapes of the data, do not go together with; empty if all is well. */
    static List<Problem> modelProblems(Scenario scenario, Architecture model, UnaryOperator<String> places) {
        List<Problem> problems = new ArrayList<>(batchProblems(scenario, model, places));
        String incomplete = new PersonalTensors(model.layout()).whyBaseIsIncomplete();
        if (!incomplete.isEmpty() && scenario.phases().target().isPresent()) {
            problems.add(new Problem(
                    places.apply("rounds.target.value"),
                    "rounds.target.value must be null where the base model cannot be evaluated: " + incomplete
                            + "; got "
                            + Range.plain(scenario.phases().target().getAsDouble())));
        }
        if (!incomplete.isEmpty() && Algorithms.of(scenario.algorithm()).gradientOnly()) {
            problems.add(new Problem(
                    places.apply("algorithm.kind"),
                    "algorithm.kind must not be one whose devices only hand over gradients (data-parallel): they keep no"
                            + " model of their own, and this model's " + incomplete.substring(4)));
        }
        return problems;
    }

    /** Batches of one example where a layer of {@code model} compares examples. */
    private static List<Problem> batchProblems(Scenario scenario, Architecture model, UnaryOperator<String> places) {
        Map<String, Integer> batches = new LinkedHashMap<>();
        batches.put("local.batch", scenario.local().batchSize());
        if (scenario.personal().any()) {
            batches.put("personal.batch", scenario.personal().local().batchSize());
        }
        if (scenario.phases().preTraining().epochs() > 0) {
            batches.put("pre-training.batch", scenario.phases().preTraining().batchSize());
        }
        List<Problem> problems = new ArrayList<>();
        model.firstThatComparesExamples()
                .ifPresent(layer -> batches.forEach((setting, batch) -> {
                    if (batch == 1) {
                        problems.add(
                                new Problem(
                                        places.apply(setting),
                                        setting + " must be at least 2 or full, as layer " + layer
                                                + " of the model is a batch-norm of single values: one example has no variance; got 1"));
                    }
                }));
        return problems;
    }

    /** Groups of devices with bases of their own sum up as many models at once. */
    static List<Problem> groupProblems(Scenario scenario, int parameters, UnaryOperator<String> places) {
        long groups = scenario.rounds()
                .tiers()
                .map(tiers -> tiers.by() == TierSettings.By.CLASS
                        ? scenario.fleet().classes().size()
                        : scenario.fleet().life().regions().size())
                .orElse(1);
        if (groups * parameters <= Integer.MAX_VALUE) {
            return List.of();
        }
        return List.of(new Problem(
                places.apply("rounds.tiers"),
                "rounds.tiers: " + groups + " groups x " + parameters + " parameters must be at most "
                        + Integer.MAX_VALUE + ", got " + groups * parameters));
    }

    /** Embedded columns of the data that have more categories than their table has rows. */
    static List<Problem> embeddingProblems(Scenario scenario, DataOutline data, UnaryOperator<String> places) {
        List<Problem> problems = new ArrayList<>();
        LayerSpec first = scenario.model().layers().get(0);
        LayerSpec layer = first instanceof LayerSpec.Marked marked ? marked.layer() : first;
        if (!(layer instanceof LayerSpec.EmbedColumns embed)) {
            return problems;
        }
        int width = data.shape().width();
        for (LayerSpec.EmbeddedColumn column : embed.columns()) {
            int feature = column.column() < 0 ? width + column.column() : column.column();
            DataOutline.Indexed indexed = data.indexed().get(feature);
            if (indexed != null && indexed.categories() > column.categories()) {
                problems.add(new Problem(
                        places.apply("model.layers"),
                        "the layer embed-columns: column " + column.column() + " is embedded with "
                                + column.categories()
                                + " categories, column " + indexed.name() + " of the data has "
                                + indexed.categories()));
            }
        }
        return problems;
    }

    /**
     * Whether a file of fixed cohorts covers the run; empty if it does.
     *
     * @param rounds rows of the file
     * @param cohort device ids in a row
     */
    public static List<Problem> cohortProblems(
            Scenario scenario, int rounds, int cohort, UnaryOperator<String> places) {
        List<Problem> problems = new ArrayList<>();
        RoundSettings settings = scenario.rounds();
        if (cohort != settings.cohort()) {
            problems.add(new Problem(
                    places.apply("rounds.cohorts"),
                    "rounds.cohort must be the row length of rounds.cohorts (" + cohort + "), got "
                            + settings.cohort()));
        }
        if (scenario.phases().maxRounds() > rounds) {
            problems.add(new Problem(
                    places.apply("rounds.max"),
                    "rounds.max must be at most the rows of rounds.cohorts (" + rounds + "), got "
                            + scenario.phases().maxRounds()));
        }
        return List.copyOf(problems);
    }
}
