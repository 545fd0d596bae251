package dev.starling.data.view;

/** What one bias makes of the examples of one device at one moment. Immutable; allocates nothing when looked through. */
interface Lens {

    /**
     * Changes the features of one example in place.
     *
     * @param features [width]
     * @param spare as large, to be used freely; its content is of no meaning before and after
     * @param example place among the device's examples; keys what differs from one to the other
     */
    default void look(float[] features, float[] spare, int example) {}

    /** What the device takes {@code label} for. */
    default int label(int label) {
        return label;
    }
}
