package dev.starling.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When real devices were in which state. Two forms, told apart by the file's ending:
 *
 * <ul>
 *   <li>{@code .csv}: {@code device,start,end,state} with that header; times are seconds from the start of the trace,
 *       states are words joined by {@code +}: {@code idle}, {@code charging}, {@code unmetered}, {@code active} (all
 *       three), {@code online} (none of them), {@code opted-out}, {@code battery=0.8}. Outside of its lines a device is
 *       out of reach.
 *   <li>{@code .json}: FedScale's availability trace (Lai et al., ICML 2022), per device the lists {@code active} and
 *       {@code inactive} of seconds and a {@code finish_time}. FedScale ships a Python pickle; the error says how
 *       to convert it.
 * </ul>
 */
public final class TraceFile {

    private static final List<String> HEADER = List.of("device", "start", "end", "state");
    private static final Set<String> WORDS = Set.of("idle", "charging", "unmetered", "active", "online", "opted-out");
    private static final int MOST_PROBLEMS = 20;

    /** 30,000 years, as 12 digits of seconds have room for; beyond, milliseconds would overflow. */
    private static final double LONGEST_SECONDS = 1e12;

    private static final String LONGEST = "1e12";

    private final String name;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private TraceFile(String name) {
        this.name = name;
    }

    /**
     * One stretch of a device's time.
     *
     * @param startSeconds from the start of the trace
     * @param endSeconds later than the start
     * @param words of its state
     */
    public record Line(String device, double startSeconds, double endSeconds, List<String> words) {
        public Line {
            words = List.copyOf(words);
        }
    }

    /** All lines in order of the file; InputException naming line, column and value of what is wrong. */
    public static List<Line> read(Path file) {
        TraceFile trace = new TraceFile(file.toString());
        String text = TextFile.read(file);
        if (file.toString().endsWith(".json")) {
            trace.json(TextFile.devices(file.toString(), text));
        } else {
            trace.csv(text.split("\r?\n", -1));
        }
        if (trace.problems.isEmpty() && trace.lines.isEmpty()) {
            trace.problem("must have at least one line of a device");
        }
        if (!trace.problems.isEmpty()) {
            throw new InputException(trace.problems);
        }
        return List.copyOf(trace.lines);
    }

    private void csv(String[] rows) {
        if (!Arrays.asList(rows[0].strip().split(",", -1)).equals(HEADER)) {
            problem("line 1: must be " + String.join(",", HEADER) + ", got " + rows[0]);
            return;
        }
        for (int i = 1; i < rows.length && problems.size() < MOST_PROBLEMS; i++) {
            if (!rows[i].isBlank()) {
                row(i + 1, rows[i].split(",", -1));
            }
        }
    }

    private void row(int line, String[] cells) {
        if (cells.length != HEADER.size()) {
            problem("line " + line + ": must have 4 columns, has " + cells.length);
            return;
        }
        int before = problems.size();
        if (cells[0].isBlank()) {
            cell(line, 0, "the name of a device", cells[0]);
        }
        double start = seconds(line, 1, cells[1]);
        double end = seconds(line, 2, cells[2]);
        if (problems.size() == before && end <= start) {
            cell(line, 2, "later than the start (" + cells[1].strip() + ")", cells[2]);
        }
        List<String> words =
                Arrays.stream(cells[3].split("\\+", -1)).map(String::strip).toList();
        for (String word : words) {
            if (!WORDS.contains(word) && !word.matches("battery=(0(\\.\\d+)?|1(\\.0+)?)")) {
                cell(line, 3, "of idle, charging, unmetered, active, online, opted-out, battery=0.8", word);
            }
        }
        if (problems.size() == before) {
            lines.add(new Line(cells[0].strip(), start, end, words));
        }
    }

    private double seconds(int line, int column, String cell) {
        if (!cell.strip().matches("\\d{1,12}(\\.\\d+)?")) {
            cell(line, column, "a number of seconds, 0 or more", cell);
            return 0;
        }
        return Double.parseDouble(cell.strip());
    }

    private void json(JsonNode root) {
        for (Map.Entry<String, JsonNode> device : root.properties()) {
            if (problems.size() < MOST_PROBLEMS) {
                fedScale(device.getKey(), device.getValue());
            }
        }
    }

    /** FedScale takes a device as active from {@code active[i]} to {@code inactive[i]}. */
    private void fedScale(String device, JsonNode node) {
        JsonNode active = node.path("active");
        JsonNode inactive = node.path("inactive");
        JsonNode finish = node.path("finish_time");
        if (!active.isArray() || !inactive.isArray() || !isTime(finish) || !(finish.asDouble() > 0)) {
            problem("device " + device + ": must have the lists active and inactive and a finish_time above 0, at most "
                    + LONGEST);
            return;
        }
        for (int i = 0; i < active.size(); i++) {
            JsonNode from = active.get(i);
            JsonNode to = i < inactive.size() ? inactive.get(i) : finish;
            if (!isTime(from) || !isTime(to) || to.asDouble() < from.asDouble()) {
                problem("device " + device + ": active[" + i + "] and inactive[" + i
                        + "] must be seconds, one after the other, at most " + LONGEST + ", got " + from + " and "
                        + to);
                return;
            }
            if (to.asDouble() > from.asDouble()) {
                lines.add(new Line(device, from.asDouble(), to.asDouble(), List.of("active")));
            }
        }
        // Tells how long the trace is, even if nobody is there at its end.
        lines.add(new Line(device, finish.asDouble(), finish.asDouble(), List.of()));
    }

    private static boolean isTime(JsonNode seconds) {
        return seconds.isNumber() && seconds.asDouble() >= 0 && seconds.asDouble() <= LONGEST_SECONDS;
    }

    private void cell(int line, int column, String rule, String value) {
        problem("line " + line + ", column " + (column + 1) + " (" + HEADER.get(column) + "): must be " + rule
                + ", got \"" + value + "\"");
    }

    private void problem(String message) {
        problems.add(new Problem(name, message));
    }
}
