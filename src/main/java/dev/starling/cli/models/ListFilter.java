package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.store.Form;
import dev.starling.store.sql.VersionField;
import dev.starling.store.sql.VersionQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code models list} is asked for, as a query. */
public final class ListFilter {

    private static final Map<String, VersionField> METRICS = metrics();
    private static final Map<String, VersionField> ORDERS = orders();
    private static final Map<String, Form> FORMS = forms();

    @Option(names = "--device", paramLabel = "N|A-B", description = "A device, or those from A to B.")
    private @Nullable String device;

    @Option(names = "--base", paramLabel = "V", description = "Only what was trained from base version V.")
    private @Nullable String base;

    @Option(
            names = "--age",
            paramLabel = "RANGE",
            description = "How long before the run's latest version, in fleet time: ..2h, 1d..3d.")
    private @Nullable String age;

    @Option(names = "--since", paramLabel = "TIME", description = "Made at this fleet time (UTC) or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Made at this fleet time (UTC) or earlier.")
    private @Nullable String until;

    @Option(names = "--size", paramLabel = "RANGE", description = "Bytes that it takes: 1kB..2MB, ..500.")
    private @Nullable String size;

    @Option(
            names = "--metric",
            paramLabel = "NAME=RANGE",
            description =
                    "loss, accuracy, accuracy-before (on the device's own data) or examples: loss=..0.5. Repeatable.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--form", paramLabel = "FORM", description = "snapshot, delta, parent-delta, adopted or replay.")
    private @Nullable String form;

    @Option(names = "--tag", paramLabel = "NAME", description = "Only versions with this tag.")
    private @Nullable String tag;

    @Option(
            names = "--sort",
            paramLabel = "FIELD[:desc]",
            description =
                    "version, device, round, base, time, size, chain, examples, loss, accuracy or accuracy-before;"
                            + " what lacks it is left out. Default: version.")
    private @Nullable String sort;

    @Option(names = "--limit", paramLabel = "N", description = "Versions at most. Default: 50.")
    private int limit = 50;

    @Option(names = "--offset", paramLabel = "N", description = "Versions to leave out first. Default: 0.")
    private int offset;

    private static Map<String, VersionField> metrics() {
        Map<String, VersionField> fields = new LinkedHashMap<>();
        fields.put("loss", VersionField.LOSS);
        fields.put("accuracy", VersionField.ACCURACY_AFTER);
        fields.put("accuracy-before", VersionField.ACCURACY_BEFORE);
        fields.put("examples", VersionField.EXAMPLES);
        return fields;
    }

    private static Map<String, VersionField> orders() {
        Map<String, VersionField> fields = new LinkedHashMap<>();
        fields.put("version", VersionField.KEY);
        fields.put("device", VersionField.DEVICE);
        fields.put("round", VersionField.SEQUENCE);
        fields.put("base", VersionField.BASE);
        fields.put("time", VersionField.CREATED);
        fields.put("size", VersionField.BYTES);
        fields.put("chain", VersionField.CHAIN);
        fields.putAll(metrics());
        return fields;
    }

    private static Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            forms.put(Forms.word(form), form);
        }
        return forms;
    }

    /** @throws InputException for an option that cannot be understood */
    VersionQuery query(OpenStore open) {
        if (limit < 1 || offset < 0) {
            throw new InputException(
                    limit < 1 ? "--limit" : "--offset",
                    "must be at least " + (limit < 1 ? "1, got " + limit : "0, got " + offset));
        }
        VersionQuery query = VersionQuery.all().page(limit, offset);
        if (device != null) {
            String range = device.replaceFirst("(?<=[0-9])-(?=[0-9])", "..");
            query = within(
                    query, VersionField.DEVICE, Range.of("--device", range, "device numbers", ListFilter::whole));
        }
        if (base != null) {
            String version = base.startsWith("base@") ? base.substring("base@".length()) : base;
            query = within(query, VersionField.BASE, Range.of("--base", version, "base versions", ListFilter::whole));
        }
        if (size != null) {
            query = within(query, VersionField.BYTES, Range.of("--size", size, "bytes (kB, MB)", Quantities::bytes));
        }
        query = times(open, query);
        for (String metric : metrics) {
            query = metric(query, metric);
        }
        if (form != null) {
            query = query.of(chosen("--form", form, FORMS));
        }
        return sorted(tag == null ? query : query.tagged(tag));
    }

    private static double whole(String text) {
        return Integer.parseUnsignedInt(text);
    }

    private static VersionQuery within(VersionQuery query, VersionField field, Range range) {
        VersionQuery bounded =
                range.least().isPresent() ? query.atLeast(field, range.least().getAsDouble()) : query;
        return range.most().isPresent() ? bounded.atMost(field, range.most().getAsDouble()) : bounded;
    }

    private VersionQuery times(OpenStore open, VersionQuery asked) {
        VersionQuery query = asked;
        if (since != null) {
            query = query.atLeast(VersionField.CREATED, (double) Quantities.moment("--since", since));
        }
        if (until != null) {
            query = query.atMost(VersionField.CREATED, (double) Quantities.moment("--until", until));
        }
        if (age != null) {
            Range ages = Range.of("--age", age, "durations (min, h, d)", Quantities::millis);
            double now = open.store().latest(open.run());
            query = ages.most().isPresent()
                    ? query.atLeast(VersionField.CREATED, now - ages.most().getAsDouble())
                    : query;
            query = ages.least().isPresent()
                    ? query.atMost(VersionField.CREATED, now - ages.least().getAsDouble())
                    : query;
        }
        return query;
    }

    private static VersionQuery metric(VersionQuery query, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new InputException("--metric", "must be NAME=RANGE, for example loss=..0.5, got " + text);
        }
        VersionField field = chosen("--metric", text.substring(0, equals), METRICS);
        return within(query, field, Range.of("--metric", text.substring(equals + 1), "numbers", Double::parseDouble));
    }

    private VersionQuery sorted(VersionQuery query) {
        if (sort == null) {
            return query;
        }
        boolean descending = sort.endsWith(":desc");
        String field = descending ? sort.substring(0, sort.length() - ":desc".length()) : sort;
        return query.by(chosen("--sort", field, ORDERS), descending);
    }

    private static <T> T chosen(String option, String text, Map<String, T> choices) {
        T chosen = choices.get(text);
        if (chosen == null) {
            throw new InputException(option, "must be one of " + String.join(", ", choices.keySet()) + ", got " + text);
        }
        return chosen;
    }
}
