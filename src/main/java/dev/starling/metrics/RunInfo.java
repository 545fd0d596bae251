package dev.starling.metrics;

import dev.starling.data.DataFile;
import dev.starling.data.DataNotes;
import dev.starling.model.Evaluation;
import java.util.List;

/**
 * What a listener needs to know about a run before it starts.
 *
 * @param maxRounds rounds at most, personal sessions and app updates included
 * @param metric the watched metric in lower case: accuracy, loss, mae or rmse
 * @param target value at which the target counts as reached; NaN if there is none
 * @param classification whether the model predicts classes (else numbers: accuracy is meaningless)
 * @param modelBytes size of a base version in memory
 * @param tooSmallDevices devices whose memory cannot hold the model and a batch: never asked
 * @param baseIsIncomplete why the base by itself is not evaluated; empty if it is
 * @param dataFiles what was read, with hashes; empty for generated data
 * @param rehearsed whether nothing is trained: the run only plans who works when, and at what cost
 * @param dataNotes names of the classes, and what was left out as the files were read
 */
public record RunInfo(
        String scenario,
        long seed,
        int nodes,
        int threads,
        int devices,
        int maxRounds,
        String metric,
        double target,
        boolean classification,
        long modelBytes,
        int parameters,
        long tooSmallDevices,
        String baseIsIncomplete,
        List<DataFile> dataFiles,
        boolean rehearsed,
        DataNotes dataNotes) {

    public RunInfo {
        dataFiles = List.copyOf(dataFiles);
    }

    /** A run in which every device can hold the model. */
    public RunInfo(
            String scenario,
            long seed,
            int nodes,
            int threads,
            int devices,
            int maxRounds,
            String metric,
            double target,
            boolean classification,
            long modelBytes,
            int parameters,
            List<DataFile> dataFiles) {
        this(
                scenario,
                seed,
                nodes,
                threads,
                devices,
                maxRounds,
                metric,
                target,
                classification,
                modelBytes,
                parameters,
                0,
                "",
                dataFiles,
                false,
                DataNotes.NONE);
    }

    /** The watched metric of {@code evaluation}. */
    public double metricOf(Evaluation evaluation) {
        return switch (metric) {
            case "accuracy" -> evaluation.accuracy();
            case "mae" -> evaluation.mae();
            case "rmse" -> evaluation.rmse();
            default -> evaluation.loss();
        };
    }

    /** Whether {@code value} of the watched metric is at least as good as the target. */
    public boolean reachesTarget(double value) {
        return metric.equals("accuracy") ? value >= target : value <= target;
    }
}
