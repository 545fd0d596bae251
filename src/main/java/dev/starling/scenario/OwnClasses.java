package dev.starling.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Objects of classes that users wrote and scenarios name: public, on the class path, with a public constructor that
 * takes their settings as a map if they have any. What that throws as {@link IllegalArgumentException} is what users
 * are told.
 */
final class OwnClasses {

    private OwnClasses() {}

    /**
     * An object of class {@code name}, which is a {@code type}.
     *
     * @param arguments of its constructor, in front of its settings if there are any
     */
    static <T> T create(String name, Class<T> type, Map<String, String> settings, Object... arguments) throws Unfit {
        List<Class<?>> types = new ArrayList<>();
        List<Object> given = new ArrayList<>();
        for (Object argument : arguments) {
            types.add(argument.getClass());
            given.add(argument);
        }
        if (!settings.isEmpty()) {
            types.add(Map.class);
            given.add(settings);
        }
        try {
            Object made = Class.forName(name)
                    .getConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(given.toArray());
            if (type.isInstance(made)) {
                return type.cast(made);
            }
            throw new Unfit("a class that implements "
                    + type.getName().replaceFirst(".*\\.", "").replace('$', '.'));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Unfit("a class on the class path");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new Unfit("a public class with a public constructor ("
                    + String.join(", ", types.stream().map(Class::getSimpleName).toList()) + ")");
        } catch (InvocationTargetException e) {
            throw new Unfit("a class that can be made from its settings (" + e.getCause() + ")");
        }
    }

    /** All values of a block as text, in the order of their names. */
    static Conversion<Map<String, String>> settings() {
        return new Conversion<>(
                value -> {
                    if (!(value instanceof ConfigObject block)) {
                        throw new Unfit("a block { ... }");
                    }
                    Map<String, String> settings = new TreeMap<>();
                    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
                        settings.put(entry.getKey(), Values.scalar(entry.getValue(), "a block of simple values"));
                    }
                    return settings;
                },
                Map.of());
    }
}
