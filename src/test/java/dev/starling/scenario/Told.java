package dev.starling.scenario;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.util.List;

/** What a user is told about a scenario {@code x.conf}. */
final class Told {

    private Told() {}

    /** Every problem as printed; empty if there is none. */
    static List<String> about(String text, String... overrides) {
        try {
            ScenarioReader.parse(text, "x.conf", List.of(overrides));
            return List.of();
        } catch (InputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    static Scenario scenario(String text, String... overrides) {
        return ScenarioReader.parse(text, "x.conf", List.of(overrides));
    }
}
