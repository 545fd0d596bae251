package dev.starling.data;

import dev.starling.model.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The featurized form of {@link TableData}: float arrays that all devices of the node read. */
final class TableFederatedData implements FederatedData {

    private final DataShape shape;
    private final Ownership owners;
    private final double holdBack;
    private final int[] proxy;
    private final float[] features;
    private final Answers answers;
    private final float[] zero;
    private final DataNotes notes;
    private final Examples test;
    private final Optional<List<Examples>> testSlices;

    /** @param testOwners whose test rows are whose, if devices are evaluated on those */
    TableFederatedData(
            DataSet data,
            Ownership owners,
            Optional<Ownership> testOwners,
            double holdBack,
            int[] proxy,
            Featurizer featurizer) {
        this.owners = owners;
        this.holdBack = holdBack;
        this.proxy = proxy;
        this.notes = data.notes();
        this.shape = shape(data.shape(), featurizer);
        RowFeaturizer rows = new RowFeaturizer(featurizer);
        this.features = rows.features(data.train());
        this.answers = data.train().answers();
        this.zero = new float[rows.width()];
        rows.write(new float[data.train().columns()], zero, 0);
        float[] testFeatures = rows.features(data.test());
        Answers testAnswers = data.test().answers();
        this.test = ArrayExamples.all(testFeatures, rows.width(), testAnswers);
        this.testSlices = testOwners.map(slices -> IntStream.range(0, slices.devices())
                .<Examples>mapToObj(device -> new ArrayExamples(
                        testFeatures,
                        rows.width(),
                        testAnswers,
                        slices.order(),
                        slices.start(device),
                        slices.count(device)))
                .toList());
    }

    /** Images keep their shape; one-hot columns make a flat row wider. */
    static DataShape shape(DataShape raw, Featurizer featurizer) {
        return featurizer.width() == raw.width()
                ? raw
                : new DataShape(List.of(featurizer.width()), raw.outputs(), raw.classification());
    }

    @Override
    public int devices() {
        return owners.devices();
    }

    @Override
    public DataShape shape() {
        return shape;
    }

    @Override
    public int trainingCount(int device) {
        int count = owners.count(device);
        return count - HoldBack.count(count, holdBack);
    }

    @Override
    public Examples training(int device) {
        return examples(owners.order(), owners.start(device), trainingCount(device));
    }

    @Override
    public Examples heldOut(int device) {
        if (testSlices.isPresent()) {
            return testSlices.get().get(device);
        }
        int kept = trainingCount(device);
        return examples(owners.order(), owners.start(device) + kept, owners.count(device) - kept);
    }

    @Override
    public List<Integer> labelCounts(int device) {
        if (!shape.classification()) {
            return List.of();
        }
        int[] counts = new int[shape.outputs()];
        IntStream.range(0, trainingCount(device)).forEach(i -> counts[answers.label(owners.row(device, i))]++);
        return Arrays.stream(counts).boxed().toList();
    }

    @Override
    public DataNotes notes() {
        return notes;
    }

    @Override
    public float zero(int feature) {
        return zero[feature];
    }

    @Override
    public Examples test() {
        return test;
    }

    @Override
    public Examples proxy() {
        return examples(proxy, 0, proxy.length);
    }

    private Examples examples(int[] rows, int start, int count) {
        return new ArrayExamples(features, shape.width(), answers, rows, start, count);
    }
}
