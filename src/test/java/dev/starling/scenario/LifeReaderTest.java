package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.fleet.AvailabilitySettings;
import dev.starling.fleet.CapacitySettings;
import dev.starling.fleet.CheckInSettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.KnownHardware;
import dev.starling.fleet.LifeSettings;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.selection.SelectionSettings;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeReaderTest {

    private static final String DAY = """
            fleet {
              regions { east { share = 0.25, utc-offset = "+08:00" }, west { share = 3/4, utc-offset = "-03:30" } }
              availability { kind = daily, charge-at = 21 }
              eligible = "charging && !opted-out"
              opt-out { share = 0.1, lasts = 7 days }
              cool-down = 2 hours
              check-in { every = 10 minutes, steered = false }
            }
            rounds.selection { kind = oort, penalty = 1, pacer-step = 1 minute }
            """;

    @Test
    void aFleetMayHaveALifeOfItsOwn() {
        Scenario scenario = Told.scenario(DAY);
        LifeSettings life = scenario.fleet().life();
        assertThat(life.regions()).containsExactly(new Region("east", 0.25, 480), new Region("west", 0.75, -210));
        assertThat(life.availability())
                .isInstanceOfSatisfying(
                        AvailabilitySettings.Daily.class,
                        daily -> assertThat(daily.habits().chargeAtHour()).isEqualTo(21));
        assertThat(life.eligible()).isEqualTo(Eligibility.of("charging && !opted-out"));
        assertThat(life.optOut()).isEqualTo(new OptOut(0.1, 7 * 86_400));
        assertThat(life.coolDownSeconds()).isEqualTo(7200);
        assertThat(life.checkIn()).isEqualTo(new CheckInSettings(600, false, 60));
        assertThat(scenario.rounds().selection().kind()).isEqualTo(SelectionSettings.Kind.OORT);
        assertThat(scenario.rounds().selection().oort().pacerStepSeconds()).isEqualTo(60);
        assertThat(ScenarioReader.parse(scenario.text(), "elsewhere")).isEqualTo(scenario);
    }

    @Test
    void withoutSettingsAFleetIsReadyAllTheTime() {
        Scenario scenario = Told.scenario("");
        assertThat(scenario.fleet().life().availability()).isEqualTo(new AvailabilitySettings.Always());
        assertThat(scenario.fleet().life().eligible().isAlways()).isTrue();
        assertThat(scenario.fleet().life().optOut().share()).isZero();
        assertThat(scenario.rounds().selection()).isEqualTo(SelectionSettings.UNIFORM);
    }

    @Test
    void traceFilesAreRelativeToTheDataDirectory() {
        assertThat(Told.scenario("data.directory = /d, fleet.availability { kind = trace, file = t.csv }")
                        .fleet()
                        .life()
                        .availability())
                .isEqualTo(new AvailabilitySettings.Traced(Path.of("/d/t.csv")));
    }

    @Test
    void aTableOfCapacitiesIsRelativeToTheDataDirectoryToo() {
        Scenario scenario =
                Told.scenario("data.directory = /d, fleet.capacities { file = t.json, flops-per-sample = 6e8 }");
        assertThat(scenario.fleet().capacities())
                .contains(new CapacitySettings(Path.of("/d/t.json"), OptionalDouble.of(6e8)));
        assertThat(ScenarioReader.parse(scenario.text(), "elsewhere")).isEqualTo(scenario);
        assertThat(Told.scenario("").fleet().capacities()).isEmpty();
    }

    @Test
    void aClassLikeAKnownPhoneHasItsFiguresUnlessItSaysOtherwise() {
        Scenario scenario = Told.scenario("fleet.classes.a { like = old, up-per-second = 7 }");
        DeviceClass old = KnownHardware.OLD.figures();
        assertThat(scenario.fleet().classes())
                .containsExactly(new DeviceClass(
                        "a",
                        1,
                        old.flopsPerSecond(),
                        old.downBytesPerSecond(),
                        7,
                        old.spread(),
                        old.dropOut(),
                        old.memoryBytes(),
                        old.power()));
        assertThat(ScenarioReader.parse(scenario.text(), "elsewhere")).isEqualTo(scenario);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "fleet.eligible = \"charging & idle\" ~ fleet.eligible must be a condition such as \"charging && idle && battery > 0.3\" (column 10: must be && or || or the end, got \"&\"), got \"charging & idle\"",
                "fleet.regions.a.utc-offset = CET ~ fleet.regions.a.utc-offset must be an offset from UTC such as +01:00 or -08:00, got \"CET\"",
                "fleet.regions.a.offset = 1 ~ fleet.regions.a.offset is not a known setting; fleet.regions.a has share, utc-offset",
                "fleet.regions { a.share = 0.5 } ~ the shares of all fleet.regions must sum to 1, got 0.5",
                "fleet.availability { charge-at = 3 } ~ fleet.availability.charge-at does not apply with fleet.availability.kind = always",
                "fleet.availability { kind = daily, charge-at = 24 } ~ fleet.availability.charge-at must be at least 0 and below 24, got 24",
                "fleet.availability { kind = trace } ~ fleet.availability.file is required with fleet.availability.kind = trace",
                "fleet.capacities.flops-per-sample = 5 ~ fleet.capacities.flops-per-sample must be left out without fleet.capacities.file",
                "fleet.capacities { file = t.csv, flops-per-sample = 0 } ~ fleet.capacities.flops-per-sample must be above 0, or auto, got 0",
                "rounds.asynchronous { kind = fedbuff, concurrency = 101 } ~ rounds.asynchronous.concurrency must be at most fleet.devices (100), got 101",
                "rounds.asynchronous { kind = fedbuff, buffer = 101 } ~ rounds.asynchronous.buffer must be at most fleet.devices (100), got 101: a device is in it once",
                "fleet.opt-out.share = 2 ~ fleet.opt-out.share must be at least 0 and at most 1, got 2",
                "fleet.classes.a.like = flagshp ~ fleet.classes.a.like must be one of none, flagship, mid-range, budget, old, tablet, got \"flagshp\"; did you mean flagship?",
                "fleet.classes.a.memory = 0 ~ fleet.classes.a.memory must be above 0, got 0",
                "rounds.selection { pool = 3 } ~ rounds.selection.pool does not apply with rounds.selection.kind = uniform",
                "rounds.selection { kind = by-size, pool = 0.5 } ~ rounds.selection.pool must be at least 1, got 0.5",
                "rounds.selection.kind = round-robin, fleet.check-in.every = 1 hour ~ fleet.check-in.every must be 0 with rounds.selection.kind = round-robin: the coordinator cannot choose who comes next",
            })
    void whatCannotBeIsToldWhereItStands(String setting, String message) {
        assertThat(Told.about("seed = 1\n" + setting)).containsExactly("x.conf:2: " + message);
    }
}
