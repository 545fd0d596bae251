package dev.starling.cli;

import dev.starling.base.SimTime;
import dev.starling.coordinator.FleetPlans;
import dev.starling.fleet.life.Region;
import dev.starling.scenario.Scenario;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The chart of eligible devices that {@code starling fleet} prints: a bar an hour, as wide as the terminal takes. */
final class FleetChart {

    private static final long HOUR = 3_600_000L;
    private static final int LABELS = 36;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FleetChart() {}

    static void print(Scenario scenario, FleetPlans fleet, int hours, Console console) {
        PrintStream out = console.out();
        out.println("eligible: " + scenario.fleet().life().eligible());
        if (fleet.hours().sampled()) {
            out.println("          estimated from a sample of the fleet");
        }
        out.println("regions:  "
                + scenario.fleet().life().regions().stream()
                        .map(FleetChart::shown)
                        .collect(Collectors.joining(System.lineSeparator() + "          ")));
        List<Long> counts = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            counts.add(fleet.hours().eligible(at(scenario, hour)));
        }
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        // What reads a pipe may not know the block character.
        boolean blocks = console.terminal().rewritable() && console.terminal().unicode();
        int width = Math.max(0, console.terminal().columns() - LABELS);
        out.printf("%n  %-9s  %12s  %7s%n", "UTC", "eligible", "share");
        for (int hour = 0; hour < hours; hour++) {
            long count = counts.get(hour);
            out.printf(
                    "  %-9s  %12s  %7s  %s%n",
                    CLOCK.format(Instant.ofEpochMilli(at(scenario, hour).epochMillis())),
                    Figures.count(count),
                    FleetClasses.percent((double) count / scenario.fleet().devices()),
                    bar(count, most, width, blocks));
        }
        out.flush();
    }

    private static SimTime at(Scenario scenario, int hour) {
        return scenario.fleet().start().plusMillis(hour * HOUR);
    }

    private static String shown(Region region) {
        int minutes = Math.abs(region.utcOffsetMinutes());
        return String.format(
                Locale.ROOT,
                "%s %s (UTC%s%02d:%02d)",
                region.name(),
                FleetClasses.percent(region.share()),
                region.utcOffsetMinutes() < 0 ? "-" : "+",
                minutes / 60,
                minutes % 60);
    }

    private static String bar(long count, long most, int width, boolean unicode) {
        int length = most == 0 ? 0 : (int) Math.round((double) count * width / most);
        return (unicode ? "\u2588" : "#").repeat(length);
    }
}
