package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the settings of a scenario stand: {@code model.layers[2].body[0]} to {@code x.conf:14}. */
final class SettingPlaces implements UnaryOperator<String> {

    private final Config config;
    private final String file;

    /** @param file what to name for settings that nobody gave */
    SettingPlaces(Config config, String file) {
        this.config = config;
        this.file = file;
    }

    /** The place of {@code setting}, or of the nearest list or block around it, or the file. */
    @Override
    public String apply(String setting) {
        ConfigValue found = config.root();
        Place place = new Place(file, 0);
        for (String step : setting.split("\\.|(?=\\[)", -1)) {
            ConfigValue next = next(found, step);
            if (next == null) {
                break;
            }
            found = next;
            place = Place.of(found.origin());
        }
        return place.toString();
    }

    boolean isGiven(String path) {
        return config.hasPath(path);
    }

    private static @Nullable ConfigValue next(ConfigValue value, String step) {
        if (value instanceof ConfigObject block) {
            return block.get(step);
        }
        if (value instanceof ConfigList list && step.startsWith("[")) {
            int index = Integer.parseInt(step.substring(1, step.length() - 1));
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }
}
