package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses what nobody reads: a misspelled setting would otherwise silently leave the default in place, and a setting of
 * another kind would look as if it had an effect.
 */
final class UnknownSettings {

    private final Reading reading;

    private UnknownSettings(Reading reading) {
        this.reading = reading;
    }

    /** To be called when everything has been read. */
    static void reject(Reading reading) {
        new UnknownSettings(reading).rejectIn(reading.user().root(), List.of(), List.of());
    }

    private void rejectIn(ConfigObject block, List<String> path, List<String> referencePath) {
        ConfigObject known = objectAt(referencePath).orElseThrow();
        String template = Reference.NAMED.getOrDefault(dotted(referencePath), "");
        boolean freeNames = !template.isEmpty();
        for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
            List<String> at = append(path, entry.getKey());
            List<String> referenceAt =
                    freeNames ? ConfigUtil.splitPath(template) : append(referencePath, entry.getKey());
            ConfigValue value = entry.getValue();
            if (!freeNames && !known.containsKey(entry.getKey())) {
                rejectUnknown(at, value, known);
            } else if (objectAt(referenceAt).isEmpty()) {
                rejectUnread(path, at, value);
            } else if (value instanceof ConfigObject inner) {
                rejectIn(inner, at, referenceAt);
            } else if (reading.given(dotted(at)).isPresent()) {
                reading.fail(dotted(at), dotted(at) + " must be a block { ... }, got " + Values.shown(value));
            }
        }
    }

    private void rejectUnknown(List<String> at, ConfigValue value, ConfigObject known) {
        String key = at.get(at.size() - 1);
        String block = dotted(at.subList(0, at.size() - 1));
        String prefix = block.isEmpty() ? "" : block + ".";
        String hint = Nearest.to(key, known.keySet())
                .map(nearest -> "did you mean " + prefix + nearest + "?")
                .or(() -> elsewhere(key).map(other -> "did you mean " + other + "?"))
                .orElseGet(() -> (block.isEmpty() ? "a scenario" : block) + " has "
                        + String.join(", ", known.keySet().stream().sorted().toList()));
        reading.note(Place.of(value.origin()), dotted(at) + " is not a known setting; " + hint);
    }

    /** A setting of this very name in another block; the first one in the reference. */
    private static Optional<String> elsewhere(String key) {
        return Reference.config().root().entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .flatMap(entry -> paths(entry.getKey(), entry.getValue()))
                .filter(path -> path.endsWith("." + key))
                .findFirst();
    }

    private static Stream<String> paths(String path, ConfigValue value) {
        return value instanceof ConfigObject block
                ? block.entrySet().stream().flatMap(entry -> paths(path + "." + entry.getKey(), entry.getValue()))
                : Stream.of(path);
    }

    /** A known setting that nobody read belongs to another kind of its block, or of a block around that. */
    private void rejectUnread(List<String> inner, List<String> at, ConfigValue value) {
        List<String> block = inner;
        while (block.size() > 1 && reading.kindOf(dotted(block)).isEmpty()) {
            block = block.subList(0, block.size() - 1);
        }
        String kindPath = dotted(append(block, "kind"));
        Optional<String> kind = reading.kindOf(dotted(block));
        if (kind.isEmpty()
                || reading.wasRead(dotted(at))
                || reading.given(dotted(at)).isEmpty()) {
            return;
        }
        Place place = Place.of(value.origin());
        // Whoever overrides the kind on the command line cannot take the old kind's settings out of the file.
        if (reading.placeOf(kindPath).isOverride() && !place.isOverride()) {
            return;
        }
        reading.note(place, dotted(at) + " does not apply with " + kindPath + " = " + kind.get());
    }

    private static Optional<ConfigObject> objectAt(List<String> path) {
        Config reference = Reference.config();
        if (path.isEmpty()) {
            return Optional.of(reference.root());
        }
        return reference.hasPath(dotted(path)) && reference.getValue(dotted(path)) instanceof ConfigObject block
                ? Optional.of(block)
                : Optional.empty();
    }

    private static List<String> append(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private static String dotted(List<String> path) {
        return path.isEmpty() ? "" : ConfigUtil.joinPath(path);
    }
}
