package dev.starling.fleet.life;

import dev.starling.base.InputException;
import dev.starling.base.SimTime;
import dev.starling.data.TraceFile.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that do what recorded ones did. Traces are dealt to the fleet in turn, device d follows trace d mod n, and
 * begin again when the longest one ends. Memory: the traces, whatever the size of the fleet.
 */
public final class TracedLife implements Availability {

    /** States that change at moments; before the first and after the last change the device is out of reach. */
    private static final class Trace {
        private final long[] changesMillis;
        private final DeviceState[] states;

        Trace(List<Long> changesMillis, List<DeviceState> states) {
            this.changesMillis =
                    changesMillis.stream().mapToLong(Long::longValue).toArray();
            this.states = states.toArray(new DeviceState[0]);
        }

        Spell at(long into, SimTime moment, long lengthMillis) {
            int found = Arrays.binarySearch(changesMillis, into);
            // The last change that is not after the moment; the first is at 0.
            int last = found >= 0 ? found : -found - 2;
            long next = last + 1 < changesMillis.length ? changesMillis[last + 1] : lengthMillis;
            return new Spell(states[last], moment.plusMillis(Math.min(next, lengthMillis) - into));
        }
    }

    private final List<Trace> traces;
    private final long lengthMillis;
    private final SimTime start;

    /**
     * Of the lines of a trace file.
     *
     * @param start moment of fleet time at which the traces begin
     * @throws InputException naming a device two of whose lines overlap
     */
    public TracedLife(List<Line> lines, SimTime start) {
        Map<String, List<Line>> byDevice = new LinkedHashMap<>();
        lines.forEach(line -> byDevice.computeIfAbsent(line.device(), name -> new ArrayList<>())
                .add(line));
        this.traces = byDevice.values().stream().map(TracedLife::trace).toList();
        this.lengthMillis = Math.max(
                1,
                lines.stream()
                        .mapToLong(line -> millis(line.endSeconds()))
                        .max()
                        .orElse(1));
        this.start = start;
    }

    /** How many devices the trace is of. */
    public int traces() {
        return traces.size();
    }

    private static Trace trace(List<Line> lines) {
        List<Line> sorted = lines.stream()
                .filter(line -> line.endSeconds() > line.startSeconds())
                .sorted(Comparator.comparingDouble(Line::startSeconds))
                .toList();
        List<Long> changes = new ArrayList<>();
        List<DeviceState> states = new ArrayList<>();
        long end = 0;
        for (Line line : sorted) {
            long from = millis(line.startSeconds());
            if (from < end) {
                throw new InputException(
                        "trace of device " + line.device(),
                        "lines must not overlap, one starts at " + line.startSeconds()
                                + " s and the one before ends at " + end / 1000.0 + " s");
            }
            if (from > end) {
                changes.add(end);
                states.add(DeviceState.OFFLINE);
            }
            changes.add(from);
            states.add(state(line.words()));
            end = millis(line.endSeconds());
        }
        changes.add(end);
        states.add(DeviceState.OFFLINE);
        return new Trace(changes, states);
    }

    private static DeviceState state(List<String> words) {
        boolean active = words.contains("active");
        double battery = words.stream()
                .filter(word -> word.startsWith("battery="))
                .mapToDouble(word -> Double.parseDouble(word.substring("battery=".length())))
                .findFirst()
                .orElse(1);
        return new DeviceState(
                true,
                active || words.contains("idle"),
                active || words.contains("charging"),
                active || words.contains("unmetered"),
                words.contains("opted-out"),
                battery);
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
    }

    @Override
    public Spell at(int device, SimTime moment) {
        long into = Math.floorMod(moment.millisSince(start), lengthMillis);
        return traces.get(device % traces.size()).at(into, moment, lengthMillis);
    }
}
