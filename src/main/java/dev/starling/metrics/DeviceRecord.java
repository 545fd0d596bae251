package dev.starling.metrics;

import dev.starling.model.Evaluation;

/**
 * One device at the end of a run, as it goes into {@code devices.csv}.
 *
 * @param trainingExamples examples it trains on
 * @param heldOutExamples examples it holds back
 * @param asked rounds in which it was asked
 * @param reported rounds in which its report counted
 * @param lastVersion base version that its last counted work started from; −1 if it never worked
 * @param base the final base on what the device holds back
 * @param personal the device's own model on the same; equal to {@code base} if it never worked
 */
public record DeviceRecord(
        int device,
        String className,
        int trainingExamples,
        int heldOutExamples,
        int asked,
        int reported,
        int lastVersion,
        Evaluation base,
        Evaluation personal) {}
