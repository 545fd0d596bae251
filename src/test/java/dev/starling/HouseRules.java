package dev.starling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.starling.base.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of the house for the rooms below package {@code root}: Starling's own, or the badly built house among the
 * test sources on which every rule must fail.
 */
record HouseRules(String root) {

    /** From the top; a room may import only rooms below it. */
    private static final List<String> ROOMS = List.of(
            "cli",
            "cluster",
            "coordinator",
            "device",
            "aggregate",
            "scenario",
            "algorithm",
            "fleet",
            "store",
            "metrics",
            "data",
            "model",
            "base");

    private static final Set<String> CLOCKS_AND_CHANCE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.Collections.shuffle",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.security.SecureRandom.<init>");

    private String[] rooms(List<String> names) {
        return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private String[] roomsBut(String... left) {
        return rooms(
                ROOMS.stream().filter(room -> !List.of(left).contains(room)).toList());
    }

    /** A package that is no room would be under no rule. */
    ArchRule everyPackageIsARoom() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(rooms(ROOMS))
                .as("every package should be a room of the house");
    }

    List<ArchRule> roomsImportOnlyRoomsBelow() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 1; i < ROOMS.size(); i++) {
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(root + "." + ROOMS.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(ROOMS.subList(0, i)))
                    .allowEmptyShould(true)
                    .as("room " + ROOMS.get(i) + " should import only rooms below it"));
        }
        rules.add(noClasses()
                .that()
                .resideInAPackage(root + ".aggregate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".scenario..")
                .allowEmptyShould(true)
                .as("room aggregate should not import scenario"));
        return rules;
    }

    ArchRule roomsHaveNoCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule pekkoStaysUpstairs() {
        return noClasses()
                .that()
                .resideInAnyPackage(roomsBut("cli", "cluster", "coordinator", "device", "aggregate"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "scala..");
    }

    ArchRule tensorsStayInTheModel() {
        return noClasses()
                .that()
                .resideInAnyPackage(roomsBut("model"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..");
    }

    ArchRule chanceAndTimeComeInByTheDoor() {
        return noClasses()
                .that()
                .resideInAnyPackage(roomsBut("cli", "cluster"))
                .should()
                .callCodeUnitWhere(new DescribedPredicate<JavaCall<?>>("the target is a clock or a source of chance") {
                    @Override
                    public boolean test(JavaCall<?> call) {
                        AccessTarget target = call.getTarget();
                        return CLOCKS_AND_CHANCE.contains(target.getOwner().getName() + "." + target.getName());
                    }
                });
    }

    /** Nested {@code Command} and {@code Reply} types of actors: only a sealed one tells all that may come. */
    ArchRule protocolsAreSealed() {
        return classes()
                .that(new DescribedPredicate<JavaClass>("are protocols") {
                    @Override
                    public boolean test(JavaClass type) {
                        return isProtocol(type);
                    }
                })
                .should(new ArchCondition<JavaClass>("be sealed") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        // ArchUnit does not read the attribute of sealed types; the class itself knows.
                        boolean sealed = type.reflect().isSealed();
                        events.add(new SimpleConditionEvent(type, sealed, type.getName() + " is not sealed"));
                    }
                })
                .allowEmptyShould(true);
    }

    private static boolean isProtocol(JavaClass type) {
        return type.isInterface() && Set.of("Command", "Reply").contains(type.getSimpleName());
    }

    /** No message can carry examples, however deep in its components. */
    ArchRule dataStaysHome() {
        return classes()
                .that(new DescribedPredicate<JavaClass>("may travel between nodes") {
                    @Override
                    public boolean test(JavaClass type) {
                        return isMessage(type);
                    }
                })
                .should(new ArchCondition<JavaClass>("not be able to carry examples") {
                    @Override
                    public void check(JavaClass message, ConditionEvents events) {
                        String path = new Cargo(root).pathToExamples(message);
                        events.add(new SimpleConditionEvent(
                                message, path.isEmpty(), message.getName() + " can carry examples: " + path));
                    }
                })
                .allowEmptyShould(true);
    }

    /** Only what carries the marker is ever serialized: messages without it stay in their JVM. */
    private boolean isMessage(JavaClass type) {
        return !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && (type.isAssignableTo(WireMessage.class) || isWireRecord(type));
    }

    /** Whatever names itself a message is one, also without the marker. */
    private static boolean isWireRecord(JavaClass type) {
        return type.getSimpleName().endsWith("Message");
    }
}
