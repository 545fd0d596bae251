package dev.starling.scenario;

import dev.starling.fleet.AsyncSettings;
import dev.starling.fleet.CapacitySettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.FleetSettings;
import dev.starling.fleet.RoundSettings;
import dev.starling.fleet.TierSettings;
import dev.starling.fleet.selection.OortSettings;
import dev.starling.fleet.selection.SelectionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the blocks {@code fleet} and {@code rounds}. */
final class FleetReader {

    private enum AsyncKind {
        NONE,
        FEDBUFF,
        FEDASYNC
    }

    static final int MAX_DEVICES = 100_000_000;

    private static final int ALL = -1;
    private static final int NONE = -1;

    private final Reading reading;
    private final Path directory;

    FleetReader(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
    }

    FleetSettings fleet() {
        Section fleet = reading.section("fleet");
        List<DeviceClass> classes = fleet.child("classes").named("phone").stream()
                .map(ClassReader::deviceClass)
                .toList();
        return new FleetSettings(
                fleet.read("devices", Numbers.wholeNumber(1, MAX_DEVICES)),
                fleet.read("start", Units.moment()),
                classes,
                new LifeReader(fleet, directory).life(),
                capacities(fleet.child("capacities")));
    }

    private Optional<CapacitySettings> capacities(Section capacities) {
        Optional<Double> flops = capacities.read(
                "flops-per-sample", Numbers.number(Range.POSITIVE).orAuto());
        return capacities
                .readOptional("file", Values.file(directory))
                .map(file ->
                        new CapacitySettings(file, flops.map(OptionalDouble::of).orElse(OptionalDouble.empty())));
    }

    /** @param everybody whether the algorithm asks all devices unless it is told otherwise */
    RoundSettings rounds(int devices, boolean everybody) {
        Section rounds = reading.section("rounds");
        Optional<AsyncSettings> asynchronous = asynchronous(rounds.child("asynchronous"));
        double deadline = rounds.read("deadline", Units.duration().orWord("infinite", Double.POSITIVE_INFINITY));
        Optional<TierSettings> tiers = tiers(rounds.child("tiers"));
        if (asynchronous.isPresent()) {
            // Settings of synchronous rounds are not even read, so that they are refused where they are given.
            return new RoundSettings(
                    asynchronous.get().buffer(),
                    1,
                    deadline,
                    1,
                    0,
                    Optional.empty(),
                    asynchronous,
                    SelectionSettings.UNIFORM,
                    tiers);
        }
        int cohort = rounds.read("cohort", Numbers.wholeNumber(1, MAX_DEVICES).orWord("all", ALL));
        if (everybody && !rounds.given("cohort")) {
            cohort = ALL;
            reading.decide(rounds.path("cohort"), "all");
        }
        return new RoundSettings(
                cohort == ALL ? devices : cohort,
                rounds.read("over-selection", Numbers.number(Range.atLeast(1))),
                deadline,
                rounds.read("minimum-reports", Numbers.wholeNumber(1, MAX_DEVICES)),
                rounds.read("pause", Units.duration()),
                rounds.readOptional("cohorts", Values.file(directory)),
                asynchronous,
                selection(rounds.child("selection")),
                tiers);
    }

    private static Optional<TierSettings> tiers(Section tiers) {
        TierSettings.By by = tiers.read("by", Values.choice(TierSettings.By.class));
        int rounds = tiers.read(
                "regional-rounds",
                Numbers.wholeNumber(1, TrainingReader.MAX_ROUNDS)
                        .orWord("none", NONE)
                        .orWord("never", TierSettings.NEVER));
        return rounds == NONE ? Optional.empty() : Optional.of(new TierSettings(by, rounds));
    }

    private static SelectionSettings selection(Section selection) {
        SelectionSettings.Kind kind = selection.readKind(SelectionSettings.Kind.class);
        boolean pool = kind != SelectionSettings.Kind.UNIFORM && kind != SelectionSettings.Kind.ROUND_ROBIN;
        return new SelectionSettings(
                kind,
                pool ? selection.read("pool", Numbers.number(Range.atLeast(1))) : 1,
                kind == SelectionSettings.Kind.OORT ? oort(selection) : OortSettings.PAPER);
    }

    private static OortSettings oort(Section selection) {
        return new OortSettings(
                selection.read("exploration", Numbers.number(Range.UNIT)),
                selection.read("exploration-decay", Numbers.number(new Range(0, false, 1, true))),
                selection.read("exploration-least", Numbers.number(Range.UNIT)),
                selection.read("penalty", Numbers.number(Range.NOT_NEGATIVE)),
                selection.read("pacer-step", Units.positiveDuration()),
                selection.read("pacer-window", Numbers.wholeNumber(1, TrainingReader.MAX_ROUNDS)),
                selection.read("cut-off", Numbers.number(Range.UNIT)));
    }

    private static Optional<AsyncSettings> asynchronous(Section section) {
        AsyncKind kind = section.readKind(AsyncKind.class);
        if (kind == AsyncKind.NONE) {
            return Optional.empty();
        }
        boolean fedAsync = kind == AsyncKind.FEDASYNC;
        return Optional.of(new AsyncSettings(
                fedAsync ? 1 : section.read("buffer", Numbers.wholeNumber(1, MAX_DEVICES)),
                section.read("concurrency", Numbers.wholeNumber(1, MAX_DEVICES)),
                section.read("staleness-exponent", Numbers.number(Range.NOT_NEGATIVE)),
                fedAsync ? section.read("mixing", Numbers.number(Range.POSITIVE_SHARE)) : 1,
                fedAsync));
    }
}
