package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.util.Map;

/** The manual of all settings, {@value #RESOURCE}: known keys and their defaults. */
final class Reference {

    static final String RESOURCE = "scenario-reference.conf";

    /** Blocks whose entries have free names, each with the entry that documents all and holds what one leaves out. */
    static final Map<String, String> NAMED =
            Map.of("fleet.classes", "fleet.classes.phone", "fleet.regions", "fleet.regions.home");

    private static final Config CONFIG = config(Environment.ofProcess());

    private Reference() {}

    static Config config() {
        return CONFIG;
    }

    /** As it is where these variables are set. */
    static Config config(Environment environment) {
        Config parsed = ConfigFactory.parseResources(
                Reference.class.getClassLoader(),
                RESOURCE,
                ConfigParseOptions.defaults().setAllowMissing(false));
        return environment.resolve(parsed, ConfigResolveOptions.defaults());
    }
}
