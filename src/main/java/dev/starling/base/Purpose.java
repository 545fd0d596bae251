package dev.starling.base;

/**
 * What a stream of random numbers is used for. Streams of different purposes are independent, so that a change in
 * how many numbers one use draws leaves every other use as it was.
 *
 * <p>The code enters the key of the stream: once released, a code is never changed or used again.
 */
public enum Purpose {
    INITIAL_MODEL(1),
    GENERATE_DATA(2),
    PARTITION(3),
    HOLD_BACK(4),
    PROXY(5),
    DEVICE_PROFILE(6),
    COHORT(7),
    DROP_OUT(8),
    DURATION(9),
    SHUFFLE(10),
    LAYER_DROPOUT(11),
    PRE_TRAINING(12),
    AUGMENTATION(13),
    SAMPLE_SIZE(14),
    REGION(30),
    HABITS(31),
    DAY(32),
    OPT_OUT(33),
    CHECK_IN(34),
    SELECTION(35),
    FLEET_SAMPLE(36),
    SURVEY(37),
    VIEW_REGION(40),
    REGION_BIAS(41),
    WEATHER(42),
    WEATHER_NOISE(43),
    CONCEPT(44),
    ARRIVAL(45),
    TEST_BIAS(46),
    SKEW(47),
    POOL(48),
    PERSONAL(49),
    MODEL_SAMPLE(70);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
