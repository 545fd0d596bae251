package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Map;

/** The manual of all settings, {@value #RESOURCE}: known keys and their defaults. */
final class Reference {

    static final String RESOURCE = "scenario-reference.conf";

    /** Blocks whose entries have free names, each with the entry that documents all and holds what one leaves out. */
    static final Map<String, String> NAMED =
            Map.of("fleet.classes", "fleet.classes.phone", "fleet.regions", "fleet.regions.home");

    private static final Config CONFIG = ConfigFactory.parseResources(
                    Reference.class.getClassLoader(),
                    RESOURCE,
                    ConfigParseOptions.defaults().setAllowMissing(false))
            .resolve();

    private Reference() {}

    static Config config() {
        return CONFIG;
    }
}
