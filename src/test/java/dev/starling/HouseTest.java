package dev.starling;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house hold, and each of them fails on the badly built house in {@code badhouse}. */
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.starling");

    private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages("badhouse");

    /**
     * A rule and how it must fail on the bad house.
     *
     * @param findings texts that its violations must contain
     */
    private record Rule(String name, ArchRule rule, List<String> findings) {}

    private static List<Rule> rules(String root) {
        HouseRules rules = new HouseRules(root);
        return List.of(
                new Rule("every package is a room", rules.everyPackageIsARoom(), List.of("badhouse.attic.Trunk")),
                new Rule(
                        "rooms import only rooms below",
                        CompositeArchRule.of(rules.roomsImportOnlyRoomsBelow()),
                        List.of("badhouse.model.KnowsFleet", "badhouse.aggregate.KnowsScenario")),
                new Rule("rooms have no cycles", rules.roomsHaveNoCycles(), List.of("Slice fleet -> ")),
                new Rule("Pekko stays upstairs", rules.pekkoStaysUpstairs(), List.of("badhouse.fleet.KnowsActors")),
                new Rule(
                        "tensors stay in the model",
                        rules.tensorsStayInTheModel(),
                        List.of("badhouse.fleet.KnowsTensors.nd4j", "badhouse.fleet.KnowsTensors.pointer")),
                new Rule(
                        "chance and time come in by the door",
                        rules.chanceAndTimeComeInByTheDoor(),
                        List.of("System.nanoTime", "Instant.now", "Random.<init>", "Clock.systemUTC")),
                new Rule(
                        "protocols are sealed",
                        rules.protocolsAreSealed(),
                        List.of("badhouse.device.OpenActor$Command")),
                new Rule(
                        "data stays home",
                        rules.dataStaysHome(),
                        List.of(
                                "LeakyActor$Direct can carry examples",
                                "LeakyActor$InList can carry examples",
                                "LeakyActor$Deep can carry examples: Deep.envelope → Envelope.cargo → Cargo as Crate",
                                "LeakyActor$InArray can carry examples",
                                "LeakyActor$Rows can carry examples: Rows.table → Table")));
    }

    @TestFactory
    Stream<DynamicTest> theHouseStands() {
        return rules("dev.starling").stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.name(), () -> rule.rule().check(HOUSE)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCanFail() {
        return rules("badhouse").stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    EvaluationResult result = rule.rule().evaluate(BAD_HOUSE);
                    String report = String.join("\n", result.getFailureReport().getDetails());
                    assertThat(report).contains(rule.findings());
                    assertThat(report).doesNotContain("Harmless");
                }));
    }
}
