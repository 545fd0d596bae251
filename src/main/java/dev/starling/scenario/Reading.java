package dev.starling.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.starling.base.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One scenario while it is being read: what the user gave, what the reference says otherwise, what was used of both, and
 * every problem so far. Sections note here; {@link ScenarioReader} asks at the end.
 */
final class Reading {

    private record Noted(Place place, Problem problem) {}

    private final Config user;
    private final String file;
    private final Config reference = Reference.config();
    private final List<Noted> noted = new ArrayList<>();
    private final List<Noted> broken = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, String> kinds = new HashMap<>();
    private Config used = ConfigFactory.empty();

    /**
     * @param user the user's settings, overrides applied, substitutions resolved
     * @param file what to name as the place of a setting that is nowhere
     */
    Reading(Config user, String file) {
        this.user = user;
        this.file = file;
    }

    Config user() {
        return user;
    }

    Section section(String path) {
        return new Section(this, path, path);
    }

    /** What the user gave for {@code path}; null is as good as not given. */
    Optional<ConfigValue> given(String path) {
        return user.hasPath(path) ? Optional.of(user.getValue(path)) : Optional.empty();
    }

    /** What holds for {@code path}: the user's value, else the reference's, if either has one. */
    Optional<ConfigValue> value(String path, String referencePath) {
        read.add(path);
        if (!reference.hasPathOrNull(referencePath)) {
            throw new IllegalStateException(referencePath + " is read but not in " + Reference.RESOURCE);
        }
        Optional<ConfigValue> value = given(path)
                .or(() -> reference.hasPath(referencePath)
                        ? Optional.of(reference.getValue(referencePath))
                        : Optional.empty());
        value.ifPresent(found -> used = used.withValue(path, found));
        return value;
    }

    /** Notes that the run will use {@code value}, whatever was given or is the default. */
    void decide(String path, Object value) {
        used = used.withValue(path, ConfigValueFactory.fromAnyRef(value));
    }

    /** The setting {@code path} was not usable: its problem, and no cross-field rule will look at it. */
    void fail(String path, String message) {
        fail(path, placeOf(path), message);
    }

    /** As {@link #fail(String, String)}, for a problem inside the value of {@code path}. */
    void fail(String path, Place place, String message) {
        failed.add(path);
        note(place, message);
    }

    void note(Place place, String message) {
        noted.add(new Noted(place, new Problem(place.toString(), message)));
    }

    /**
     * A rule over several settings; not checked if one of them has failed already.
     *
     * @param paths the settings it looks at; the first that the user gave is the place of the problem
     */
    void rule(boolean holds, String message, String... paths) {
        if (!holds && List.of(paths).stream().noneMatch(failed::contains)) {
            String blamed = List.of(paths).stream()
                    .filter(path -> given(path).isPresent())
                    .findFirst()
                    .orElse(paths[0]);
            Place place = placeOf(blamed);
            broken.add(new Noted(place, new Problem(place.toString(), message)));
        }
    }

    void noteKind(String section, String kind) {
        kinds.put(section, kind);
    }

    /** The kind that a section settled on; empty if the section has no kinds or its kind is not known. */
    Optional<String> kindOf(String section) {
        return Optional.ofNullable(kinds.get(section));
    }

    boolean hasFailed(String path) {
        return failed.contains(path);
    }

    boolean wasRead(String path) {
        return read.contains(path);
    }

    Set<String> readPaths() {
        return Set.copyOf(read);
    }

    /** Every setting that the run uses, defaults included. */
    Config used() {
        return used;
    }

    /** All problems: first of single settings, then broken rules; each in the order of the file, then of overrides. */
    List<Problem> problems() {
        return Stream.of(noted, broken)
                .flatMap(list -> list.stream().sorted(Comparator.comparing(Noted::place, Place.ORDER)))
                .map(Noted::problem)
                .toList();
    }

    /** Where {@code path} is, or else the nearest block around it, or else the file. */
    Place placeOf(String path) {
        List<String> keys = ConfigUtil.splitPath(path);
        Place place = new Place(file, 0);
        ConfigObject block = user.root();
        for (String key : keys) {
            ConfigValue value = block.get(key);
            if (value == null) {
                break;
            }
            place = Place.of(value.origin());
            if (value.valueType() != ConfigValueType.OBJECT) {
                break;
            }
            block = (ConfigObject) value;
        }
        return place;
    }
}
