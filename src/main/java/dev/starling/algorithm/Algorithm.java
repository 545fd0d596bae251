package dev.starling.algorithm;

import dev.starling.model.LocalSettings;

/**
 * A federated algorithm: what devices do locally, how their work is weighed, and how the base follows. To add one,
 * write a file that implements this; scenarios choose it by the name of its class, or, with a line in {@link
 * AlgorithmSettings.Kind}, by a word. A class that scenarios name is public and has a public constructor that takes
 * {@link AlgorithmSettings.ServerSettings}, or those and, to take settings, a {@code Map<String, String>}. Best it is
 * a record: scenarios are compared.
 */
public interface Algorithm {

    /** The local training of this algorithm, from what the scenario asks for. */
    LocalSettings local(LocalSettings scenario);

    /** Whether a device that cannot finish by the deadline reports the steps it managed. */
    boolean partialWork();

    /**
     * Whether a device hands over the gradient of one batch instead of trained − base. The device adds weight decay
     * to it, as in training; the coordinator takes −η × the mean gradient as the mean delta, η being the local
     * learning rate.
     */
    boolean gradientOnly();

    /** What a report weighs in the mean of its round, of its region, and of what its region sends on. */
    Weighing weighing();

    /** A server optimizer that has seen nothing yet. */
    ServerOptimizer newServerOptimizer();
}
