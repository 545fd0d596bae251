package dev.starling.data;

import java.util.List;

/** A data set split over a fleet as it was read or is generated, before featurization. */
public interface RawData {

    /** Fits the scenario's featurization on the proxy examples (on all training examples if there is no proxy). */
    Featurizer fitFeaturizer();

    /** This data seen through {@code featurizer}, which may have been fitted on another node. */
    FederatedData featurized(Featurizer featurizer);

    /** The shape of the examples as {@code featurizer} makes them. */
    DataShape shape(Featurizer featurizer);

    /** InputException with the first value that the model cannot take, as {@code featurizer} makes it. */
    void require(ExampleNeeds needs, Featurizer featurizer);

    /** The files behind this data, in the order of the scenario; empty for generated data. */
    List<DataFile> files();
}
