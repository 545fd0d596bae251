package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.ViewSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.bias.daytime.darkness = 0.5 | data.bias.daytime.darkness needs images, got data.source.kind = synthetic",
                "data.bias.weather.blur = 0.5 | data.bias.weather.blur needs images, got data.source.kind = synthetic",
                "data.bias.concept.labels = 1 | data.bias.concept.labels must be 0 or at least 2, got 1: a label alone cannot move",
                "data.bias.concept.labels = 11 | data.bias.concept.labels must be at most the number of classes (10), got 11",
                "data.bias.region.drift = 0 seconds | data.bias.region.drift must be above 0, or infinite",
                "data.arrival.per-day { old = 3 } | data.arrival.per-day must name classes of fleet.classes (phone), got old",
                "data.arrival.per-day { tablet = 3 } | data.arrival.per-day must have a rate for each class, got none for phone",
            })
    void viewsMustFitTheRest(String setting, String message) {
        assertThat(Told.about("data.source.kind = synthetic\n" + setting)).contains("x.conf:2: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.bias.daytime.darkness = 2 | data.bias.daytime.darkness must be at least 0 and at most 1, got 2",
                "data.bias.region.strength = -1 | data.bias.region.strength must be at least 0, got -1",
                "data.bias.weather.drift = 3 | data.bias.weather.drift must be a duration with its unit, such as 3 minutes, or infinite, got 3",
                "data.arrival.per-day = often | data.arrival.per-day must be a number, or infinite, got \"often\"",
                "data.arrival.per-day { phone = -1 } | data.arrival.per-day must be a rate for each class, phone at least 0, or infinite, got -1",
                "data.arrival.keep = newest | data.arrival.keep must be one of reservoir, latest, got \"newest\"",
                "data.arrival.at-most = 0 | data.arrival.at-most must be at least 1, or infinite, got 0",
                "data.bias.fog = 1 | data.bias.fog is not a known setting; data.bias has concept, daytime, region, test, weather",
            })
    void settingsAreCheckedOneByOne(String setting, String message) {
        assertThat(Told.about(setting)).containsExactly("x.conf:1: " + message);
    }

    @Test
    void devicesThatLiveByTheDayLiveInTheRegionsOfTheirFleet() {
        String daily = "fleet.availability.kind = daily\n";

        assertThat(Told.about(daily + "data.bias.region { strength = 1, count = 2 }"))
                .containsExactly("x.conf:2: data.bias.region.count does not apply with fleet.availability.kind = daily:"
                        + " devices live in fleet.regions");
        assertThat(Told.scenario(Told.scenario(daily + "data.bias.region.strength = 1")
                                .text())
                        .data()
                        .views()
                        .region()
                        .strength())
                .isEqualTo(1);
    }

    @Test
    void conceptsOfNumbersMakeNoSense() {
        assertThat(Told.about("data.source { kind = csv, file = a.csv, numerical = [a], target = y }\n"
                        + "data.bias.concept.labels = 2"))
                .containsExactly("x.conf:2: data.bias.concept.labels needs labels, but data.source.target-classes is 0:"
                        + " the target is a number");
    }

    @Test
    void groupsOfAPoolMustHaveExamples() {
        assertThat(Told.about("data.source { kind = synthetic-pool, pool-examples = 10, groups = 11 }"))
                .containsExactly("x.conf:1: data.source.groups must be at most data.source.pool-examples (10), got 11");
    }

    @Test
    void ratesOfClassesSurviveTheTextThatNodesGet() {
        Scenario scenario = Told.scenario("fleet.classes { old { share = 0.5 }, new { share = 0.5 } }\n"
                + "data.arrival.per-day { old = 5, new = infinite }");

        ViewSettings views = scenario.data().views();
        assertThat(views.arrival().perDayOfClass()).isEqualTo(Map.of("old", 5.0, "new", Double.POSITIVE_INFINITY));
        assertThat(Told.scenario(scenario.text()).data().views()).isEqualTo(views);
    }

    @Test
    void nothingGivenIsNoBias() {
        assertThat(Told.scenario("").data().views()).isEqualTo(ViewSettings.PLAIN);
    }
}
