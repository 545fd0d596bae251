package dev.starling.cli.models;

import java.util.Optional;

/**
 * What one policy would cost over a whole store.
 *
 * @param policy for people
 * @param bytes of payloads, bases included
 * @param dataBytes of them, those of examples that devices give away to have recipes executed centrally
 * @param predictedSeconds to recover a version, on average, as the cost model has it
 * @param measuredSeconds as it took from a store that holds the sample in this form; empty if it could not be done here
 * @param predictedCost J in seconds, with what the model predicts
 * @param measuredCost J in seconds, with measured times in place of predicted ones
 * @param forms how many of the sample took which form
 */
record CostRow(
        String policy,
        double bytes,
        double dataBytes,
        double predictedSeconds,
        Optional<Double> measuredSeconds,
        double predictedCost,
        Optional<Double> measuredCost,
        String forms) {}
