package dev.starling.cli;

import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.KeptFigures.OfForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was kept of the models, as rows of the table at the end of a run; predictions beside measurements. */
final class KeptRows {

    private KeptRows() {}

    /** Rows by label, in order. */
    static Map<String, String> of(KeptFigures kept) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "versions kept",
                Figures.count(kept.versions()) + ", " + Figures.bytes((double) kept.bytes()) + " (" + forms(kept)
                        + ")");
        if (kept.dataBytes() > 0) {
            rows.put(
                    "examples given",
                    Figures.bytes((double) kept.dataBytes()) + " stored and uploaded with recipes, by consent");
        }
        rows.put(
                "cost of keeping",
                String.format(
                        Locale.ROOT,
                        "%.3g s predicted, %.3g s measured (bytes %.3g, recovery %.3g, device %.3g / %.3g)",
                        kept.predictedCost(),
                        kept.measuredCost(),
                        kept.byteSeconds(),
                        kept.recoverySeconds(),
                        kept.deviceSeconds(),
                        kept.deviceSecondsMeasured()));
        rows.put("store writes", Figures.duration(kept.writeSeconds()));
        if (kept.sampled() > 0) {
            rows.put(
                    "a recovery",
                    String.format(
                            Locale.ROOT,
                            "%.3g ms predicted, %.3g ms measured (%d sampled)",
                            1e3 * kept.sampledSecondsPredicted() / kept.sampled(),
                            1e3 * kept.sampledSeconds() / kept.sampled(),
                            kept.sampled()));
        }
        if (!kept.rates().isEmpty()) {
            rows.put("rates, " + kept.ratesFrom(), rates(kept.rates()));
        }
        return rows;
    }

    private static String forms(KeptFigures kept) {
        return kept.forms().stream()
                .map((OfForm form) ->
                        Figures.count(form.versions()) + " " + form.form() + " " + Figures.bytes((double) form.bytes()))
                .collect(Collectors.joining(", "));
    }

    private static String rates(List<Double> rates) {
        return "store " + Figures.bytes(rates.get(0)) + "/s and "
                + String.format(Locale.ROOT, "%.3g ms a read", 1e3 * rates.get(1)) + ", encoding "
                + Figures.bytes(rates.get(2)) + "/s, decoding " + Figures.bytes(rates.get(3)) + "/s, training "
                + Figures.scaled(rates.get(4)) + " examples/s";
    }
}
