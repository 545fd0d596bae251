package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code ${NAME}} finds outside of the settings. A variable that is set to nothing counts as not set: compose files and
 * unit files pass such for what nobody has chosen.
 */
final class Environment {

    private static final Environment OF_PROCESS = new Environment(System.getenv());

    private final Map<String, String> variables = new TreeMap<>();
    private final boolean plain;

    Environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (!value.isEmpty()) {
                this.variables.put(name, value);
            }
        });
        this.plain = this.variables.size() == variables.size() && variables.equals(System.getenv());
    }

    static Environment ofProcess() {
        return OF_PROCESS;
    }

    /** {@code config} with every {@code ${...}} looked up in itself and here; what is nowhere stays if {@code options} allow it. */
    Config resolve(Config config, ConfigResolveOptions options) {
        if (plain) {
            return config.resolve(options); // It knows lists in variables besides.
        }
        ConfigObject found = config.withFallback(
                        ConfigValueFactory.fromMap(variables, "environment").toConfig())
                .resolve(options.setUseSystemEnvironment(false))
                .root();
        for (String name : variables.keySet()) {
            if (!config.root().containsKey(name)) {
                found = found.withoutKey(name);
            }
        }
        return found.toConfig();
    }
}
