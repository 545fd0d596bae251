package dev.starling.store;

/**
 * How fast this machine and this store are, as {@link Calibration} measured them; all positive. Bytes of models count as
 * they are in memory, 4 per value, for coding, and as they are kept for the store.
 *
 * @param storeBytesPerSecond read from the store
 * @param secondsPerRead what a read takes however small
 */
public record Rates(
        double storeBytesPerSecond,
        double secondsPerRead,
        double encodeBytesPerSecond,
        double decodeBytesPerSecond,
        double trainingExamplesPerSecond) {

    public Rates {
        requirePositive("storeBytesPerSecond", storeBytesPerSecond);
        requirePositive("secondsPerRead", secondsPerRead);
        requirePositive("encodeBytesPerSecond", encodeBytesPerSecond);
        requirePositive("decodeBytesPerSecond", decodeBytesPerSecond);
        requirePositive("trainingExamplesPerSecond", trainingExamplesPerSecond);
    }

    private static void requirePositive(String name, double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(name + " must be > 0 and finite, got " + rate);
        }
    }

    /** To read {@code bytes} and decode a model of {@code modelBytes} from them. */
    double secondsToRead(long bytes, long modelBytes) {
        return secondsPerRead + bytes / storeBytesPerSecond + modelBytes / decodeBytesPerSecond;
    }
}
