package dev.starling.cli.models;

import dev.starling.cli.Figures;
import dev.starling.store.Recipe;
import dev.starling.store.VersionMetrics;
import dev.starling.store.VersionRecord;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Records of versions as a table, and as what becomes JSON. */
final class VersionTable {

    /** Digits of a root that a table shows: enough to name a version by. */
    static final int ROOT_DIGITS = 12;

    private VersionTable() {}

    static void print(List<VersionRecord> versions, PrintStream out) {
        TextTable table = new TextTable(
                "version",
                "root",
                "form",
                "from",
                ">bytes",
                "fleet time",
                ">base",
                ">examples",
                ">loss",
                "accuracy",
                "tags");
        for (VersionRecord version : versions) {
            table.row(
                    version.key().toString(),
                    version.root().hex().substring(0, ROOT_DIGITS),
                    Forms.word(version.form()),
                    version.reference().map(Object::toString).orElse("-"),
                    Figures.count(version.bytes()),
                    version.created().toString(),
                    version.recipe()
                            .map(recipe -> String.valueOf(recipe.base()))
                            .orElse("-"),
                    version.metrics()
                            .map(metrics -> Figures.count(metrics.examples()))
                            .orElse("-"),
                    version.metrics().map(VersionTable::loss).orElse("-"),
                    version.metrics().map(VersionTable::accuracy).orElse("-"),
                    String.join(", ", version.tags()));
        }
        table.print(out);
    }

    static String loss(VersionMetrics metrics) {
        return Double.isFinite(metrics.meanLoss()) ? Figures.metric(metrics.meanLoss()) : "diverged";
    }

    /** Before and after the training, on the device's own data; a dash if it was not measured. */
    static String accuracy(VersionMetrics metrics) {
        String before = shown(metrics.accuracyBefore());
        String after = shown(metrics.accuracyAfter());
        return before.equals("-") && after.equals("-") ? "-" : before + " > " + after;
    }

    private static String shown(OptionalDouble value) {
        return value.isPresent() ? Figures.metric(value.getAsDouble()) : "-";
    }

    /** All that is known of a version without its values. */
    static Map<String, @Nullable Object> json(VersionRecord version) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", version.key().toString());
        fields.put("root", version.root().hex());
        fields.put("form", Forms.word(version.form()));
        fields.put("reference", version.reference().map(Object::toString).orElse(null));
        fields.put("chain", version.chain());
        fields.put("bytes", version.bytes());
        fields.put("created", version.created().toString());
        fields.put("recipe", version.recipe().map(VersionTable::json).orElse(null));
        fields.put("pipeline", version.pipeline().orElse(null));
        fields.put("metrics", version.metrics().map(VersionTable::json).orElse(null));
        fields.put("tags", new ArrayList<>(version.tags()));
        return fields;
    }

    private static Map<String, Object> json(Recipe recipe) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("round", recipe.round());
        fields.put("base", recipe.base());
        fields.put("steps", recipe.steps());
        fields.put("fleetTime", recipe.now().toString());
        return fields;
    }

    private static Map<String, @Nullable Object> json(VersionMetrics metrics) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("examples", metrics.examples());
        fields.put("meanLoss", metrics.meanLoss());
        fields.put("steps", metrics.steps());
        fields.put("accuracyBefore", number(metrics.accuracyBefore()));
        fields.put("accuracyAfter", number(metrics.accuracyAfter()));
        return fields;
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
