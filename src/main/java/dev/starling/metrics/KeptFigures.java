package dev.starling.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was kept of the models of a run, on one node or on all, and what that cost: as the policy's cost model predicted it,
 * and as it was measured.
 *
 * @param forms versions and bytes by form
 * @param dataBytes of examples that are billed as stored and uploaded beside them: of devices that consent to that
 * @param byteSeconds what the bytes are worth, kept and uploaded: follows from the policy, is never measured
 * @param recoverySeconds predicted: expected recoveries times what each takes, over all versions
 * @param deviceSeconds predicted: what devices work to make the forms
 * @param deviceSecondsMeasured the same by the clock
 * @param writeSeconds that the store's transactions took
 * @param sampled versions that were recovered at the end, for the clock
 * @param sampledSeconds what their recoveries took
 * @param sampledSecondsPredicted what the cost model had said they take
 * @param rates that the cost model went by, as its {@code Rates} lists them: store bytes per second, seconds per read, bytes
 *     encoded and decoded per second, examples trained per second; empty if nothing was kept
 * @param ratesFrom where they come from: measured when the run started, given by the scenario, or assumed; empty without any
 */
public record KeptFigures(
        List<OfForm> forms,
        long dataBytes,
        double byteSeconds,
        double recoverySeconds,
        double deviceSeconds,
        double deviceSecondsMeasured,
        double writeSeconds,
        int sampled,
        double sampledSeconds,
        double sampledSecondsPredicted,
        List<Double> rates,
        String ratesFrom) {

    /** Nothing was kept. */
    public static final KeptFigures NONE = new KeptFigures(List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), "");

    /** The versions in one form. */
    public record OfForm(String form, long versions, long bytes) {}

    public KeptFigures {
        forms = List.copyOf(forms);
        rates = List.copyOf(rates);
    }

    /** Of two nodes; rates are those of the first that has any. */
    public KeptFigures plus(KeptFigures other) {
        Map<String, OfForm> sums = new TreeMap<>();
        List<OfForm> all = new ArrayList<>(forms);
        all.addAll(other.forms);
        for (OfForm part : all) {
            sums.merge(
                    part.form(),
                    part,
                    (a, b) -> new OfForm(a.form(), a.versions() + b.versions(), a.bytes() + b.bytes()));
        }
        return new KeptFigures(
                List.copyOf(sums.values()),
                dataBytes + other.dataBytes,
                byteSeconds + other.byteSeconds,
                recoverySeconds + other.recoverySeconds,
                deviceSeconds + other.deviceSeconds,
                deviceSecondsMeasured + other.deviceSecondsMeasured,
                writeSeconds + other.writeSeconds,
                sampled + other.sampled,
                sampledSeconds + other.sampledSeconds,
                sampledSecondsPredicted + other.sampledSecondsPredicted,
                rates.isEmpty() ? other.rates : rates,
                rates.isEmpty() ? other.ratesFrom : ratesFrom);
    }

    public long versions() {
        return forms.stream().mapToLong(OfForm::versions).sum();
    }

    public long bytes() {
        return forms.stream().mapToLong(OfForm::bytes).sum();
    }

    /** J, in seconds, of all versions as predicted. */
    public double predictedCost() {
        return byteSeconds + recoverySeconds + deviceSeconds;
    }

    /** J with what was measured in place of what was predicted: device work, and recoveries as the sample says. */
    public double measuredCost() {
        double slower = sampledSecondsPredicted > 0 ? sampledSeconds / sampledSecondsPredicted : 1;
        return byteSeconds + recoverySeconds * slower + deviceSecondsMeasured;
    }
}
