package dev.starling.device;

import dev.starling.metrics.KeptFigures;
import dev.starling.store.Form;
import dev.starling.store.FormCost;
import dev.starling.store.Rates;
import dev.starling.store.VersionKey;
import dev.starling.store.sql.NewVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Adds up what one node keeps and what that costs, predicted and measured. Thread-safe. */
final class KeptLedger {

    /** Versions whose recovery is timed at the end. */
    private static final int SAMPLE = 16;
    /** No more recoveries are timed after so many seconds. */
    private static final double SAMPLE_SECONDS = 1;

    private record Sampled(VersionKey key, double predictedSeconds) {}

    private final Rates rates;
    private final String ratesFrom;
    private final Map<Form, long[]> forms = new EnumMap<>(Form.class);
    private final List<Sampled> sample = new ArrayList<>();
    private double byteSeconds;
    private double recoverySeconds;
    private double deviceSeconds;
    private double deviceSecondsMeasured;
    private double writeSeconds;
    private long costed;
    private long dataBytes;

    /** @param ratesFrom measured, assumed or given */
    KeptLedger(Rates rates, String ratesFrom) {
        this.rates = rates;
        this.ratesFrom = ratesFrom;
    }

    /** A base: its form is no choice, and costs nothing in the policy's terms. */
    synchronized void base(NewVersion version) {
        count(version);
    }

    /** @param seconds that its forms took to make */
    synchronized void version(NewVersion version, FormCost cost, double seconds) {
        count(version);
        byteSeconds += cost.storage() + cost.upload();
        recoverySeconds += cost.recovery();
        deviceSeconds += cost.device();
        deviceSecondsMeasured += seconds;
        dataBytes += cost.dataBytes();
        // Every 2^k-th version once there are enough, so that the sample is spread over the run, and no chance is
        // needed.
        long stride = Long.highestOneBit(Math.max(1, costed / SAMPLE));
        if (costed++ % stride == 0) {
            if (sample.size() == SAMPLE) {
                sample.remove((int) (costed / stride % SAMPLE));
            }
            sample.add(new Sampled(version.key(), cost.recoverSeconds()));
        }
    }

    private void count(NewVersion version) {
        long[] sums = forms.computeIfAbsent(version.form(), form -> new long[2]);
        sums[0]++;
        sums[1] += version.payload().map(payload -> payload.size()).orElse(0);
    }

    synchronized void wrote(double seconds) {
        writeSeconds += seconds;
    }

    /** @param recovery recovers a version, and says how many seconds that took */
    KeptFigures figures(ToDoubleFunction<VersionKey> recovery) {
        List<Sampled> chosen;
        synchronized (this) {
            chosen = List.copyOf(sample);
        }
        int sampled = 0;
        double measured = 0;
        double predicted = 0;
        for (Sampled version : chosen) {
            if (measured < SAMPLE_SECONDS) {
                measured += recovery.applyAsDouble(version.key());
                predicted += version.predictedSeconds();
                sampled++;
            }
        }
        return figures(sampled, measured, predicted);
    }

    private synchronized KeptFigures figures(int sampled, double measured, double predicted) {
        List<KeptFigures.OfForm> all = new ArrayList<>();
        forms.forEach((form, sums) -> all.add(new KeptFigures.OfForm(word(form), sums[0], sums[1])));
        return new KeptFigures(
                all,
                dataBytes,
                byteSeconds,
                recoverySeconds,
                deviceSeconds,
                deviceSecondsMeasured,
                writeSeconds,
                sampled,
                measured,
                predicted,
                List.of(
                        rates.storeBytesPerSecond(),
                        rates.secondsPerRead(),
                        rates.encodeBytesPerSecond(),
                        rates.decodeBytesPerSecond(),
                        rates.trainingExamplesPerSecond()),
                ratesFrom);
    }

    private static String word(Form form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
