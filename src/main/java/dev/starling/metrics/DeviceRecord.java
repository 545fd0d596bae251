package dev.starling.metrics;

import dev.starling.model.Evaluation;

/**
 * One device at the end of a run, as it goes into {@code devices.csv}.
 *
 * @param trainingExamples examples it trains on
 * @param heldOutExamples examples it holds back; −1 if it was not evaluated
 * @param asked rounds in which it was asked
 * @param reported rounds in which its report counted
 * @param lastVersion base version that its last counted work started from; −1 if it never worked
 * @param state what its own model is
 * @param spent by all its work
 * @param wasted part of that by work that came too late or to no end
 * @param underWay part of that by asynchronous work that had not ended when the run did
 * @param base the final base on what the device holds back
 * @param personal the device's own model on the same; equal to {@code base} if it never worked; both empty if it was not
 *     evaluated
 * @param beforeUpdate its own model before the last app update, on what it held back then; none without an update
 * @param afterUpdate the same after it
 */
public record DeviceRecord(
        int device,
        String className,
        int trainingExamples,
        int heldOutExamples,
        int asked,
        int reported,
        int lastVersion,
        State state,
        Spending spent,
        Spending wasted,
        Spending underWay,
        Evaluation base,
        Evaluation personal,
        Evaluation beforeUpdate,
        Evaluation afterUpdate) {

    /** Where a device's own model comes from. */
    public enum State {
        /** It never worked: it has none. */
        FRESH,
        /** Its last federated training. */
        TRAINED,
        /** Personal sessions. */
        PERSONAL,
        /** As before: its last training diverged, to values that are no numbers. */
        DIVERGED,
        /** As before: its last training counted for nothing. */
        REJECTED,
        /** None, as its work was planned only. */
        REHEARSED
    }

    /** The same of a device whose own model comes from elsewhere. */
    public DeviceRecord inState(State other) {
        return new DeviceRecord(
                device,
                className,
                trainingExamples,
                heldOutExamples,
                asked,
                reported,
                lastVersion,
                other,
                spent,
                wasted,
                underWay,
                base,
                personal,
                beforeUpdate,
                afterUpdate);
    }
}
