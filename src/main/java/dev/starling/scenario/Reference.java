package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;

/** The manual of all settings, {@value #RESOURCE}: known keys and their defaults. */
final class Reference {

    static final String RESOURCE = "scenario-reference.conf";

    /** The block that documents every device class and holds what a class leaves out. */
    static final String DEVICE_CLASS = "fleet.classes.phone";

    static final String DEVICE_CLASSES = "fleet.classes";

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
