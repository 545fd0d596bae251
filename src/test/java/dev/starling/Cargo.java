package dev.starling;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a message can carry: the types that its fields reach, through fields, type arguments, arrays and subtypes. */
final class Cargo {

    private final String root;
    private final Set<String> visited = new HashSet<>();

    Cargo(String root) {
        this.root = root;
    }

    /** How {@code type} reaches something that holds examples; empty if it does not. */
    String pathToExamples(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        if (!visited.add(element.getName())) {
            return "";
        }
        if (holdsExamples(element)) {
            return element.getSimpleName();
        }
        // Foreign types are followed by their type arguments only.
        if (!element.getPackageName().startsWith(root + ".")) {
            return "";
        }
        for (JavaField field : element.getAllFields()) {
            if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                for (JavaClass next : carried(field.getType())) {
                    String path = pathToExamples(next);
                    if (!path.isEmpty()) {
                        return element.getSimpleName() + "." + field.getName() + " → " + path;
                    }
                }
            }
        }
        for (JavaClass subtype : element.getAllSubclasses()) {
            String path = pathToExamples(subtype);
            if (!path.isEmpty()) {
                return element.getSimpleName() + " as " + path;
            }
        }
        return "";
    }

    /** An address carries no values of the type of message that it takes. */
    private static List<JavaClass> carried(JavaType type) {
        if (type.getName().startsWith("org.apache.pekko.actor.")) {
            return List.of();
        }
        if (type instanceof JavaParameterizedType parameterized) {
            return Stream.concat(
                            Stream.of(parameterized.toErasure()),
                            parameterized.getActualTypeArguments().stream()
                                    .flatMap(argument -> carried(argument).stream()))
                    .toList();
        }
        return List.copyOf(type.getAllInvolvedRawTypes());
    }

    /** Examples and data sets by their type; in room data also whatever holds an array or a buffer. */
    private boolean holdsExamples(JavaClass type) {
        boolean named = Stream.of(".model.Examples", ".data.FederatedData", ".data.view.DeviceViews", ".data.RawData")
                .anyMatch(name -> type.isAssignableTo(root + name));
        boolean inData = (type.getPackageName() + ".").startsWith(root + ".data.");
        return named || (inData && type.getAllFields().stream().anyMatch(Cargo::isBulk));
    }

    private static boolean isBulk(JavaField field) {
        JavaClass type = field.getRawType();
        // The values of an enum are a static array.
        return !field.getModifiers().contains(JavaModifier.STATIC)
                && (type.isArray() || type.isAssignableTo(java.nio.Buffer.class));
    }
}
