package dev.starling.hostile;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Changes the text of a scenario by chance: a setting of the manual gets a value that hardly anybody expects, or the text
 * is damaged.
 */
final class Settings {

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2",
            "0.5",
            "1e-12",
            "1e-320",
            "1e308",
            "1e400",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-0.0",
            "NaN",
            "Infinity",
            "\"\"",
            "\" \"",
            "null",
            "true",
            "[]",
            "{}",
            "[1, 2]",
            "{ a = 1 }",
            "all",
            "none",
            "auto",
            "infinite",
            "\"1 day\"",
            "\"-1 s\"",
            "\"1e30 days\"",
            "\"1/0\"",
            "\"1 PB\"",
            "\"mlp(0)\"",
            "\"mlp(100000, 100000)\"",
            "\"mlp(99999999999)\"",
            "\"\\u0000\"",
            "\"/\"",
            "\"..\"",
            "\"é\"",
            "${seed}",
            "${nothing}",
            "fedasync",
            "fedbuff",
            "personal",
            "oort",
            "shards",
            "dirichlet",
            "daily",
            "adam",
            "\"charging &&\"",
            "\"battery > 2\"",
            "[{ type = dense, units = 3 }]",
            "[{ type = conv, channels = 2000000000, kernel = 3 }]",
            "[{ type = embed-tokens, dimensions = 2000000000 }]");

    private static final List<String> KEYS = keys();

    private final Random random;

    Settings(Random random) {
        this.random = random;
    }

    private static List<String> keys() {
        Config manual = ConfigFactory.parseResources("scenario-reference.conf");
        TreeSet<String> keys = new TreeSet<>();
        manual.entrySet().forEach(entry -> keys.add(entry.getKey()));
        manual.root().keySet().forEach(keys::add);
        keys.addAll(List.of("model.init-from", "rounds.cohorts", "name", "fleet.capacities.file"));
        return List.copyOf(keys);
    }

    String change(String scenario) {
        if (random.nextInt(8) > 0) {
            return scenario + KEYS.get(random.nextInt(KEYS.size())) + " = " + VALUES.get(random.nextInt(VALUES.size()))
                    + "\n";
        }
        StringBuilder text = new StringBuilder(scenario);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, "{}[]\"=,:#$\u0000\\".charAt(random.nextInt(12)));
            case 2 -> text.setLength(at);
            default -> text.insert(at, "include \"nothing.conf\"\n");
        }
        return text.toString();
    }
}
