package dev.starling.scenario;

import dev.starling.fleet.AvailabilitySettings;
import dev.starling.fleet.CheckInSettings;
import dev.starling.fleet.LifeSettings;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.EligibilityException;
import dev.starling.fleet.life.Habits;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.Region;
import java.nio.file.Path;

/** Reads what {@code fleet} says of when devices may work. */
final class LifeReader {

    private enum Kind {
        ALWAYS,
        DAILY,
        TRACE
    }

    private static final Range HOUR = new Range(0, true, 24, false);
    private static final Range STAY = new Range(0, false, 12, true);

    private final Section fleet;
    private final Path directory;

    LifeReader(Section fleet, Path directory) {
        this.fleet = fleet;
        this.directory = directory;
    }

    LifeSettings life() {
        Section optOut = fleet.child("opt-out");
        Section checkIn = fleet.child("check-in");
        return new LifeSettings(
                fleet.child("regions").named("home").stream()
                        .map(LifeReader::region)
                        .toList(),
                availability(fleet.child("availability")),
                new OptOut(
                        optOut.read("share", Numbers.number(Range.UNIT)),
                        optOut.read("lasts", Units.positiveDuration())),
                fleet.read("eligible", eligible()),
                fleet.read("cool-down", Units.duration()),
                new CheckInSettings(
                        checkIn.read("every", Units.duration()),
                        checkIn.read("steered", Values.flag()),
                        checkIn.read("gather", Units.positiveDuration())));
    }

    private static Region region(Section region) {
        return new Region(
                region.name(),
                region.read("share", Numbers.fraction(new Range(0, false, 1, true))),
                region.read("utc-offset", Units.utcOffset()));
    }

    private AvailabilitySettings availability(Section section) {
        return switch (section.readKind(Kind.class)) {
            case ALWAYS -> new AvailabilitySettings.Always();
            case DAILY -> new AvailabilitySettings.Daily(habits(section));
            case TRACE -> new AvailabilitySettings.Traced(section.read("file", Values.file(directory)));
        };
    }

    private static Habits habits(Section section) {
        return new Habits(
                section.read("charge-at", Numbers.number(HOUR)),
                section.read("charge-for", Numbers.number(STAY)),
                section.read("charge-share", Numbers.number(Range.UNIT)),
                section.read("top-up-share", Numbers.number(Range.UNIT)),
                section.read("sleep-at", Numbers.number(HOUR)),
                section.read("sleep-for", Numbers.number(STAY)),
                section.read("idle-share", Numbers.number(Range.UNIT)),
                section.read("leave-at", Numbers.number(HOUR)),
                section.read("away-for", Numbers.number(STAY)),
                section.read("home-wifi-share", Numbers.number(Range.UNIT)),
                section.read("away-wifi-share", Numbers.number(Range.UNIT)),
                section.read("drain-per-hour", Numbers.number(Range.NOT_NEGATIVE)));
    }

    private static Conversion<Eligibility> eligible() {
        String rule = "a condition such as \"charging && idle && battery > 0.3\"";
        return new Conversion<>(
                value -> {
                    try {
                        return Eligibility.of(Values.scalar(value, rule));
                    } catch (EligibilityException e) {
                        throw new Unfit(rule + " (" + e.getMessage() + ")");
                    }
                },
                Eligibility.ALWAYS);
    }
}
