package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.store.StoragePolicy;
import picocli.CommandLine.Option;

/** What versions are worth, as the scenario's {@code store} block says it too. */
public final class CostOptions {

    @Option(
            names = "--seconds-per-gigabyte",
            paramLabel = "X",
            description = "What keeping a gigabyte for a year, or uploading one, is worth in seconds. Default: 1000.")
    private double secondsPerGigabyte = 1000;

    @Option(names = "--years", paramLabel = "Y", description = "How long versions are kept. Default: 1.")
    private double years = 1;

    @Option(
            names = "--recoveries",
            paramLabel = "P",
            description = "How often a version is recovered in its life. Default: 0.01.")
    private double recoveries = 0.01;

    @Option(
            names = "--longest-chain",
            paramLabel = "N",
            description = "Most versions that a recovery may pass through. Default: 8.")
    private int longestChain = 8;

    @Option(
            names = "--recovery-seconds",
            paramLabel = "S",
            description = "Most seconds that a recovery may take. Default: 10.")
    private double recoverySeconds = 10;

    /** @throws InputException for a value that cannot be */
    StoragePolicy policy(StoragePolicy.Mode mode) {
        requireNotNegative("--seconds-per-gigabyte", secondsPerGigabyte);
        requireNotNegative("--years", years);
        requireNotNegative("--recoveries", recoveries);
        if (longestChain < 1) {
            throw new InputException("--longest-chain", "must be at least 1, got " + longestChain);
        }
        if (!(recoverySeconds > 0)) {
            throw new InputException("--recovery-seconds", "must be above 0, got " + recoverySeconds);
        }
        return new StoragePolicy(mode, secondsPerGigabyte, years, recoveries, longestChain, recoverySeconds);
    }

    private static void requireNotNegative(String option, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new InputException(option, "must be at least 0, got " + value);
        }
    }
}
