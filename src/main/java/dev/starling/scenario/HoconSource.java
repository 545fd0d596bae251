package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.starling.base.Causes;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.TextEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** HOCON as a user gave it, files and overrides, before anything is known about its settings. */
final class HoconSource {

    /** Scenarios are written by people; a data file given by mistake should not be parsed for minutes. */
    static final long MAX_BYTES = 1 << 20;

    private HoconSource() {}

    /** The settings of {@code file}; substitutions are still open. */
    static Config file(Path file) {
        String place = file.toString();
        if (!Files.exists(file)) {
            throw new InputException(place, "there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new InputException(place, "must be a scenario file, is a directory");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(place, "must be a scenario file, is a device or a pipe");
        }
        if (!Files.isReadable(file)) {
            throw new InputException(place, "may not be read by this user");
        }
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw new InputException(
                        place, "must be at most " + MAX_BYTES + " bytes to be a scenario, has " + bytes);
            }
            byte[] content = Files.readAllBytes(file);
            TextEncoding.foreign(content).ifPresent(rule -> {
                throw new InputException(place, rule);
            });
            if (hasZeroByte(content)) {
                throw new InputException(place, "must be a scenario file, is not text");
            }
            FileIncludes includes = new FileIncludes(place, new String(content, StandardCharsets.UTF_8));
            // Absolute, for includes are looked up beside the file; messages name it as the user did.
            return ConfigFactory.parseFile(
                    file.toAbsolutePath().toFile(),
                    options().setOriginDescription(place).setIncluder(includes));
        } catch (ConfigException e) {
            throw broken(e, place);
        } catch (StackOverflowError e) {
            throw tooDeep(place);
        } catch (IOException e) {
            throw new InputException(place, "cannot be read: " + Causes.reason(e));
        }
    }

    /** The settings in {@code text}; {@code origin} is what messages name. */
    static Config text(String text, String origin) {
        try {
            return ConfigFactory.parseString(
                    text, options().setOriginDescription(origin).setIncluder(new FileIncludes(origin, text)));
        } catch (ConfigException e) {
            throw broken(e, origin);
        } catch (StackOverflowError e) {
            throw tooDeep(origin);
        }
    }

    /** {@code config} with {@code key=value} overrides on top, later ones first. */
    static Config overridden(Config config, List<String> overrides) {
        List<Problem> problems = new ArrayList<>();
        Config result = config;
        for (String override : overrides) {
            String place = Place.OVERRIDE + override;
            int equals = override.indexOf('=');
            if (equals < 1) {
                problems.add(new Problem(place, "must be key=value, for example rounds.cohort=20"));
                continue;
            }
            String key = override.substring(0, equals).strip();
            try {
                ConfigValue value = value(override.substring(equals + 1), place);
                // A block adds to the file's; anything else takes its place, whatever the file says there.
                Config rest = value instanceof ConfigObject ? result : result.withoutPath(key);
                result = nested(ConfigUtil.splitPath(key), value, place).withFallback(rest);
            } catch (ConfigException e) {
                problems.add(new Problem(place, "has a malformed key " + key));
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return result;
    }

    /** {@code value} at {@code path}; every block on the way says that it comes from {@code place}. */
    private static Config nested(List<String> path, ConfigValue value, String place) {
        ConfigValue inner = value;
        for (int i = path.size() - 1; i >= 0; i--) {
            inner = ConfigValueFactory.fromMap(Map.of(path.get(i), inner), place);
        }
        return ((ConfigObject) inner).toConfig();
    }

    /** Looks up every ${...} in the settings themselves, the reference, and the environment. */
    static Config resolved(Config config, String place) {
        try {
            Unfolding.check(config.root(), place);
            Config bySelf = Environment.ofProcess()
                    .resolve(config, ConfigResolveOptions.defaults().setAllowUnresolved(true));
            ConfigResolveOptions bySettings = ConfigResolveOptions.defaults().setUseSystemEnvironment(false);
            return bySelf.isResolved()
                    ? bySelf
                    : bySelf.resolveWith(bySelf.withFallback(Reference.config()), bySettings);
        } catch (ConfigException e) {
            throw broken(e, place);
        } catch (StackOverflowError e) {
            throw tooDeep(place);
        }
    }

    /**
     * HOCON if it is that, else text: {@code model.network=mlp(200, 200)} needs no quotes. Values that would smuggle in
     * further settings ({@code 1, seed = 2}) are text too.
     */
    private static ConfigValue value(String text, String place) {
        ConfigValue asText = ConfigValueFactory.fromAnyRef(text.strip(), place);
        try {
            Config parsed = ConfigFactory.parseString("v = " + text, options().setOriginDescription(place));
            ConfigValue value = parsed.root().get("v");
            return value == null || parsed.root().size() != 1 ? asText : value;
        } catch (ConfigException e) {
            return asText;
        } catch (StackOverflowError e) {
            throw tooDeep(place);
        }
    }

    private static boolean hasZeroByte(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** The parser calls itself for each level, and says nothing when that becomes too much. */
    private static InputException tooDeep(String place) {
        return new InputException(place, "is not valid HOCON: its { and [ are nested too deeply");
    }

    private static ConfigParseOptions options() {
        return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
    }

    private static InputException broken(ConfigException e, String place) {
        ConfigOrigin origin = e.origin();
        String message = String.valueOf(e.getMessage());
        if (origin == null) {
            // The library tells the whole tree that it could not resolve.
            return new InputException(
                    place,
                    "is not valid HOCON: a ${...} stands for a value where settings expect a block, or for itself");
        }
        String prefix = origin.description() + ": ";
        String told =
                message.startsWith(prefix) ? message.substring(prefix.length()).strip() : message;
        if (told.contains("end of file")) {
            told = "the file ends before every { and [ is closed";
        }
        return new InputException(Place.of(origin).toString(), "is not valid HOCON: " + told);
    }
}
