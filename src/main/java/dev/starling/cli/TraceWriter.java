package dev.starling.cli;

import dev.starling.base.SimTime;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.DeviceState;
import dev.starling.fleet.life.Spell;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes what devices do as a trace file, so that it can be edited, or followed instead of computed. */
final class TraceWriter {

    private static final long HOUR = 3_600_000L;

    private TraceWriter() {}

    static void write(Path file, Availability availability, SimTime start, int hours, int devices) throws IOException {
        SimTime end = start.plusMillis(hours * HOUR);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("device,start,end,state\n");
            for (int device = 0; device < devices; device++) {
                write(out, availability, device, start, end);
            }
        }
    }

    /** Spells that say the same, to ten percents of the battery, become one line. */
    private static void write(BufferedWriter out, Availability availability, int device, SimTime start, SimTime end)
            throws IOException {
        SimTime from = start;
        String words = "";
        for (SimTime now = start; now.compareTo(end) < 0; ) {
            Spell spell = availability.at(device, now);
            String next = words(spell.state());
            if (!next.equals(words)) {
                line(out, device, start, from, now, words);
                from = now;
                words = next;
            }
            now = spell.until();
        }
        line(out, device, start, from, end, words);
    }

    private static void line(BufferedWriter out, int device, SimTime start, SimTime from, SimTime to, String words)
            throws IOException {
        if (!words.isEmpty() && to.compareTo(from) > 0) {
            out.write(String.format(
                    Locale.ROOT, "%d,%s,%s,%s%n", device, seconds(from, start), seconds(to, start), words));
        }
    }

    private static String seconds(SimTime at, SimTime start) {
        return String.format(Locale.ROOT, "%.3f", at.millisSince(start) / 1000.0)
                .replaceFirst("\\.?0+$", "");
    }

    private static String words(DeviceState state) {
        if (!state.online()) {
            return "";
        }
        StringBuilder words = new StringBuilder("online");
        words.append(state.idle() ? "+idle" : "");
        words.append(state.charging() ? "+charging" : "");
        words.append(state.unmetered() ? "+unmetered" : "");
        words.append(state.optedOut() ? "+opted-out" : "");
        return words.append(String.format(Locale.ROOT, "+battery=%.1f", Math.floor(state.battery() * 10) / 10))
                .toString();
    }
}
