package dev.starling.device;

import dev.starling.model.Evaluation;

/**
 * What an app update did to a personal model, on what the device held back at that moment.
 *
 * @param version of the new base
 * @param before the model that the device had; the old base if it had none of its own
 * @param after the model that it had then
 */
public record UpdateEffect(int version, Evaluation before, Evaluation after) {}
