package dev.starling.fleet;

import dev.starling.fleet.selection.SelectionSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a synchronous round asks and waits.
 *
 * @param cohort reports that a round needs, 1 … devices
 * @param overSelection ≥ 1: ceil(cohort × overSelection) devices are asked, the first {@code cohort} reports count
 * @param deadlineSeconds fleet time after which a round closes with what it has; infinite waits for all
 * @param minimumReports fewer counted reports at the deadline abandon the round, 1 … cohort
 * @param pauseSeconds fleet time between the close of a round and the opening of the next, ≥ 0
 * @param asynchronous asynchronous training in place of rounds; cohort, over-selection and minimum then do not count
 * @param cohorts an .npy file [rounds, cohort] of device ids that replaces random selection
 * @param selection how the round chooses among the devices that can be asked
 * @param tiers groups of devices with base models of their own; empty: one base
 */
public record RoundSettings(
        int cohort,
        double overSelection,
        double deadlineSeconds,
        int minimumReports,
        double pauseSeconds,
        Optional<Path> cohorts,
        Optional<AsyncSettings> asynchronous,
        SelectionSettings selection,
        Optional<TierSettings> tiers) {

    /** Rounds that choose uniformly. */
    public RoundSettings(
            int cohort,
            double overSelection,
            double deadlineSeconds,
            int minimumReports,
            double pauseSeconds,
            Optional<Path> cohorts,
            Optional<AsyncSettings> asynchronous) {
        this(
                cohort,
                overSelection,
                deadlineSeconds,
                minimumReports,
                pauseSeconds,
                cohorts,
                asynchronous,
                SelectionSettings.UNIFORM,
                Optional.empty());
    }

    /**
     * How many devices a round asks, if the fleet has them: cohort × over-selection, rounded up. The product is that of
     * the decimal number that was written: 10 × 1.1 is 11, though the binary number nearest to 1.1 is a little more.
     */
    public long askedDevices() {
        return BigDecimal.valueOf(overSelection)
                .multiply(BigDecimal.valueOf(cohort))
                .setScale(0, RoundingMode.CEILING)
                .longValue();
    }
}
