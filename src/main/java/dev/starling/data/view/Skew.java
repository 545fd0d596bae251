package dev.starling.data.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much devices differ in what they see; means over a sample of devices, each at some moment of the first day.
 *
 * @param devices in the sample that held examples at their moment
 * @param labels Jensen–Shannon distance of a device's label histogram to that of the sample: 0 (alike) to 1 (nothing in
 *     common), square root of the divergence to base 2; NaN for regression
 * @param sizes deviation of the number of training examples over their mean
 * @param features distance of a device's feature means to those of the sample, in standard deviations; k examples per
 *     device give about 1/√k by chance
 * @param biases what each bias alone does, by name
 */
public record Skew(int devices, double labels, double sizes, double features, Map<String, Effect> biases) {

    /**
     * What one bias does to what a device sees.
     *
     * @param meanShift distance between the feature means with and without it, in standard deviations
     * @param change root mean square change of an example's features, in standard deviations
     * @param relabelled share of the examples whose label it changes
     */
    public record Effect(double meanShift, double change, double relabelled) {}

    public Skew {
        biases = Collections.unmodifiableMap(new LinkedHashMap<>(biases));
    }
}
