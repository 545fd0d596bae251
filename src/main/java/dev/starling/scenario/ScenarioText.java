package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes settings as HOCON, in the order of the reference. Reading what it wrote and writing that again gives the same
 * text, so that texts can be compared.
 */
final class ScenarioText {

    private static final String INDENT = "  ";

    private ScenarioText() {}

    static String of(Config settings) {
        StringBuilder text = new StringBuilder();
        append(text, settings.root(), Reference.config().root(), "", "");
        return text.toString();
    }

    private static void append(
            StringBuilder text, ConfigObject block, ConfigObject reference, String path, String indent) {
        List<String> keys = block.keySet().stream()
                .sorted(Comparator.comparingInt((String key) -> line(reference, key))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String key : keys) {
            ConfigValue value = value(block, key);
            text.append(indent).append(ConfigUtil.joinPath(key));
            if (value instanceof ConfigObject inner) {
                text.append(" {\n");
                append(text, inner, referenceOf(reference, path, key), joined(path, key), indent + INDENT);
                text.append(indent).append("}\n");
            } else {
                text.append(" = ").append(Values.written(value)).append('\n');
            }
        }
    }

    private static ConfigValue value(Map<String, ConfigValue> block, String key) {
        ConfigValue value = block.get(key);
        if (value == null) {
            throw new IllegalStateException("no value for " + key);
        }
        return value;
    }

    private static ConfigObject referenceOf(ConfigObject reference, String path, String key) {
        ConfigValue value = reference.get(key);
        // Only device classes and regions have names that the reference does not know: written as the one it knows.
        return value instanceof ConfigObject block
                ? block
                : Reference.config().getObject(Reference.NAMED.getOrDefault(path, path));
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(ConfigObject reference, String key) {
        ConfigValue value = reference.get(key);
        return value == null ? Integer.MAX_VALUE : value.origin().lineNumber();
    }
}
