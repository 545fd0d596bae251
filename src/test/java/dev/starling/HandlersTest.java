package dev.starling;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command without a handler would be dropped with a line in the log; the compiler does not mind. */
class HandlersTest {

    static List<Class<?>> actors() {
        List<Class<?>> actors = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.starling").stream()
                        .filter(type -> type.isAssignableTo(AbstractBehavior.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        assertThat(actors).hasSizeGreaterThanOrEqualTo(9);
        return actors;
    }

    @ParameterizedTest
    @MethodSource("actors")
    void everyCommandHasAHandler(Class<?> actor) throws IOException {
        Path source = Path.of("src/main/java", actor.getName().replace('.', '/') + ".java");
        String receiveTable = Files.readString(source);
        Class<?> protocol = Arrays.stream(actor.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("Command"))
                .findFirst()
                .orElseThrow();
        assertThat(protocol.isSealed()).isTrue();
        assertThat(unhandled(protocol, receiveTable)).isEmpty();
    }

    private static List<String> unhandled(Class<?> command, String receiveTable) {
        String name = command.getSimpleName();
        if (receiveTable.contains(".onMessage(" + name + ".class")
                || receiveTable.contains(".onMessageEquals(" + name)) {
            return List.of();
        }
        return command.isSealed()
                ? Arrays.stream(command.getPermittedSubclasses())
                        .flatMap(permitted -> unhandled(permitted, receiveTable).stream())
                        .toList()
                : Stream.of(name).toList();
    }
}
