package dev.starling.scenario;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.starling.base.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large settings become when every ${...} in them is replaced, found out before any is: forty lines that each name
 * the one before twice ask for 2^40 copies. Sizes are in characters, and those of an upper bound.
 */
final class Unfolding {

    static final int MAX_CHARS = 8 << 20;
    static final int MAX_DEPTH = 100;

    /** The library takes time for these that grows with their cube: seconds for 300. */
    private static final int MAX_PARTS = 200;

    /** Whatever refers to itself by way of others is measured again each time; not forever. */
    private static final int MAX_STEPS = 3_000_000;

    /** Of what stands in a list: nothing can refer to it. */
    private static final List<String> NO_PATH = List.of("[]", "");

    private static final ConfigRenderOptions PLAIN = ConfigRenderOptions.concise();

    private final ConfigObject root;
    private final Place whole;

    private final Map<List<String>, Double> sizes = new HashMap<>();

    /** What is being measured, with the size that it has so far: a ${...} to it means what was written before. */
    private final Map<List<String>, Double> open = new HashMap<>();

    /** Of those, the ones that were referred to; what depends on them is not the same elsewhere. */
    private Set<List<String>> touched = new HashSet<>();

    private int steps;

    private Unfolding(ConfigObject root, Place whole) {
        this.root = root;
        this.whole = whole;
    }

    /** Throws InputException if {@code root}, substitutions still open, would become too large or is too deep. */
    static void check(ConfigObject root, String place) {
        Unfolding unfolding = new Unfolding(root, new Place(place, 0));
        unfolding.within(unfolding.size(root, List.of(), 0), unfolding.whole);
    }

    private double size(ConfigValue value, List<String> path, int depth) {
        Place place = Place.of(value.origin());
        if (depth > MAX_DEPTH) {
            throw new InputException(
                    place.toString(), "must be nested at most " + MAX_DEPTH + " levels deep, ${...} followed");
        }
        if (++steps > MAX_STEPS) {
            throw new InputException(whole.toString(), "has ${...} that lead to each other in too many ways");
        }
        try {
            if (value instanceof ConfigObject block) {
                return block(block, path, depth);
            }
            if (value instanceof ConfigList list) {
                double sum = 2;
                for (ConfigValue item : list) {
                    sum += 1 + size(item, NO_PATH, depth + 1);
                }
                return sum;
            }
            value.valueType(); // Refuses to tell while it is not known.
            return value.render(PLAIN).length();
        } catch (ConfigException.NotResolved open) {
            return unresolved(value, path, place, depth);
        }
    }

    private double block(ConfigObject block, List<String> path, int depth) {
        double sum = 2;
        for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(entry.getKey());
            sum += entry.getKey().length() + 2 + at(List.copyOf(inner), entry.getValue(), depth + 1);
        }
        return sum;
    }

    /** What stands at {@code path}, measured once. */
    private double at(List<String> path, ConfigValue value, int depth) {
        Double soFar = open.get(path);
        if (soFar != null) {
            touched.add(path);
            return soFar;
        }
        Double known = sizes.get(path);
        if (known != null) {
            return known;
        }
        Set<List<String>> outer = touched;
        touched = new HashSet<>();
        double size = size(value, path, depth);
        touched.remove(path);
        if (touched.isEmpty()) {
            sizes.put(path, size);
        }
        touched.addAll(outer);
        return size;
    }

    /** Values for one key, the oldest first; each takes the place of those before it, adds to them, or repeats them. */
    private double unresolved(ConfigValue value, List<String> path, Place place, int depth) {
        List<Unresolved.Part> parts = Unresolved.parts(value.render(PLAIN));
        if (parts.size() > MAX_PARTS) {
            throw new InputException(
                    place.toString(),
                    "must be added to at most " + MAX_PARTS + " times where it has ${...}, is so " + parts.size()
                            + " times");
        }
        double size = 0;
        for (Unresolved.Part part : parts) {
            open.put(path, size);
            double next = part.chars();
            for (String reference : part.references()) {
                next += referred(ConfigUtil.splitPath(reference), depth);
            }
            boolean repeats = part.outer().stream().map(ConfigUtil::splitPath).anyMatch(path::equals);
            size = repeats ? next : next + size;
            within(size, place);
        }
        open.remove(path);
        return size;
    }

    /** What {@code target} leads to, or the first on the way to it of which that is not known yet. */
    private double referred(List<String> target, int depth) {
        ConfigValue found = root;
        for (int i = 0; i < target.size(); i++) {
            List<String> path = List.copyOf(target.subList(0, i));
            if (open.containsKey(path) || !(found instanceof ConfigObject block)) {
                return at(path, found, depth + 1);
            }
            try {
                ConfigValue inner = block.get(target.get(i));
                if (inner == null) {
                    return 0; // Of the environment or the reference, or an error that is found later.
                }
                found = inner;
            } catch (ConfigException.NotResolved unknown) {
                return at(path, found, depth + 1);
            }
        }
        return at(List.copyOf(target), found, depth + 1);
    }

    private void within(double size, Place place) {
        if (size > MAX_CHARS) {
            throw new InputException(
                    place.toString(),
                    "must have at most " + MAX_CHARS + " characters when every ${...} is replaced, would have "
                            + (size < 1e15 ? String.valueOf((long) size) : "far more"));
        }
    }
}
