package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import java.util.List;
import java.util.Optional;

/** A data set that lies in memory whole, split over the fleet by one permutation and offsets into it. */
final class TableData implements RawData {

    private final DataSet data;
    private final DataSettings settings;
    private final Ownership owners;
    private final Optional<Ownership> testOwners;
    private final int[] proxy;
    private final List<DataFile> files;

    TableData(DataSet data, DataSettings settings, int devices, Seeds seeds, List<DataFile> files) {
        this.data = data;
        this.settings = settings;
        this.files = List.copyOf(files);
        this.proxy = proxyRows(data, settings, seeds);
        int[] rows = Rows.without(data.train().rows(), settings.proxyShared() ? new int[0] : proxy);
        if (rows.length == 0) {
            throw new InputException(data.name(), "must hold training examples beyond the proxy data, got none");
        }
        Ownership split = Partitioning.split(settings.partition(), data, rows, devices, seeds);
        this.owners = HoldBack.apply(split, settings.holdBack(), seeds);
        this.testOwners =
                settings.testSlices() ? Optional.of(testSlices(data, settings, devices, seeds)) : Optional.empty();
    }

    /**
     * The test set, split as the training set is and with the same random numbers: a shard of it lies where the device's
     * shard of the training set does.
     */
    private static Ownership testSlices(DataSet data, DataSettings settings, int devices, Seeds seeds) {
        int rows = data.test().rows();
        if (rows < devices) {
            throw new InputException(
                    data.name(),
                    "data.evaluate-on = test-slice needs a test example for each device, got " + rows + " for "
                            + devices);
        }
        DataSet asTraining = DataSet.of(data.name(), data.test(), data.test(), data.shape());
        return Partitioning.split(settings.partition(), asTraining, Rows.all(rows), devices, seeds);
    }

    /**
     * The rows that the coordinator has. Those of a table are drawn with the table's own split seed: the values of
     * its categories, and with them the shape of the model, must not change with the seed of a run.
     */
    private static int[] proxyRows(DataSet data, DataSettings settings, Seeds seeds) {
        Seeds own = settings.source() instanceof DataSettings.Csv csv ? new Seeds(csv.splitSeed()) : seeds;
        int count = HoldBack.count(data.train().rows(), settings.proxy());
        return count == 0 ? new int[0] : Rows.choose(data.train().rows(), count, own.of(Purpose.PROXY));
    }

    /** What is known after featurization, without splitting anything. */
    static DataOutline outline(DataSet data, DataSettings settings, Seeds seeds) {
        Featurizer featurizer = fit(data, settings, proxyRows(data, settings, seeds));
        DataShape shape = TableFederatedData.shape(data.shape(), featurizer);
        return new DataOutline(shape, DataOutline.indexed(featurizer, data.columns()), data.notes());
    }

    private static Featurizer fit(DataSet data, DataSettings settings, int[] proxy) {
        int[] rows = proxy.length > 0 ? proxy : Rows.all(data.train().rows());
        Featurizer featurizer = FeatureFitting.fit(data, rows, settings.features());
        FeatureSizes.require(data, featurizer);
        return featurizer;
    }

    @Override
    public Featurizer fitFeaturizer() {
        return fit(data, settings, proxy);
    }

    @Override
    public FederatedData featurized(Featurizer featurizer) {
        FeatureSizes.require(data, featurizer);
        return new TableFederatedData(data, owners, testOwners, settings.holdBack(), proxy, featurizer);
    }

    @Override
    public DataShape shape(Featurizer featurizer) {
        return TableFederatedData.shape(data.shape(), featurizer);
    }

    @Override
    public void require(ExampleNeeds needs, Featurizer featurizer) {
        boolean arrays = settings.source() instanceof DataSettings.Npz;
        needs.require(data.train(), featurizer, data.name(), arrays ? "_train" : "training example");
        needs.require(data.test(), featurizer, data.name(), arrays ? "_test" : "test example");
    }

    @Override
    public List<DataFile> files() {
        return files;
    }
}
