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
import java.util.TreeSet;

/**
 * How fast real devices were: FedScale's table of capacities (Lai et al., "FedScale: benchmarking model and system
 * performance of federated learning at scale", ICML 2022). Two forms, told apart by the file's ending:
 *
 * <ul>
 *   <li>{@code .csv}: {@code device,computation,communication} with that header.
 *   <li>{@code .json}: a block per device with the numbers {@code computation} and {@code communication}, as FedScale's
 *       pickle {@code client_device_capacity} has them.
 * </ul>
 */
public final class CapacityFile {

    private static final String COMPUTATION = "computation";
    private static final String COMMUNICATION = "communication";
    private static final List<String> HEADER = List.of("device", COMPUTATION, COMMUNICATION);
    private static final int MOST_PROBLEMS = 20;
    private static final String RULE = "a number above 0";

    private final String name;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Capacity> rows = new ArrayList<>();

    private CapacityFile(String name) {
        this.name = name;
    }

    /**
     * What one device can do.
     *
     * @param latencyMillis of the forward pass of one sample; training one takes three times that, as in FedScale
     * @param kilobitsPerSecond of its network, in both directions; thousands of bits
     */
    public record Capacity(String device, double latencyMillis, double kilobitsPerSecond) {}

    /** All devices in order of the file; InputException naming line or device, key and value of what is wrong. */
    public static List<Capacity> read(Path file) {
        CapacityFile table = new CapacityFile(file.toString());
        String text = TextFile.read(file);
        if (file.toString().endsWith(".json")) {
            table.json(TextFile.devices(file.toString(), text));
        } else {
            table.csv(text.split("\r?\n", -1));
        }
        if (table.problems.isEmpty() && table.rows.isEmpty()) {
            table.problem("must have at least one device");
        }
        if (!table.problems.isEmpty()) {
            throw new InputException(table.problems);
        }
        return List.copyOf(table.rows);
    }

    private void csv(String[] lines) {
        if (!Arrays.asList(lines[0].strip().split(",", -1)).equals(HEADER)) {
            problem("line 1: must be " + String.join(",", HEADER) + ", got " + lines[0]);
            return;
        }
        Set<String> seen = new TreeSet<>();
        for (int i = 1; i < lines.length && problems.size() < MOST_PROBLEMS; i++) {
            if (!lines[i].isBlank()) {
                row(i + 1, lines[i].split(",", -1), seen);
            }
        }
    }

    private void row(int line, String[] cells, Set<String> seen) {
        if (cells.length != HEADER.size()) {
            problem("line " + line + ": must have 3 columns, has " + cells.length);
            return;
        }
        String device = cells[0].strip();
        if (device.isEmpty() || !seen.add(device)) {
            cell(line, 0, "the name of a device that no other line has", cells[0]);
        }
        double latency = number(line, 1, cells[1]);
        double rate = number(line, 2, cells[2]);
        rows.add(new Capacity(device, latency, rate));
    }

    private double number(int line, int column, String cell) {
        double value = 0;
        if (cell.strip().matches("\\d{1,12}(\\.\\d+)?([eE][+-]?\\d{1,2})?")) {
            value = Double.parseDouble(cell.strip());
        }
        if (!usable(value)) {
            cell(line, column, RULE, cell);
        }
        return value;
    }

    private static boolean usable(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private void json(JsonNode root) {
        for (Map.Entry<String, JsonNode> device : root.properties()) {
            if (problems.size() < MOST_PROBLEMS) {
                rows.add(new Capacity(
                        device.getKey(),
                        number(device.getKey(), device.getValue(), COMPUTATION),
                        number(device.getKey(), device.getValue(), COMMUNICATION)));
            }
        }
    }

    private double number(String device, JsonNode block, String key) {
        JsonNode value = block.path(key);
        if (!value.isNumber() || !usable(value.asDouble())) {
            String got = value.isMissingNode() ? "nothing" : value.toString();
            problem("device " + device + ": " + key + " must be " + RULE + ", got " + got);
        }
        return value.asDouble();
    }

    private void cell(int line, int column, String rule, String value) {
        problem("line " + line + ", column " + (column + 1) + " (" + HEADER.get(column) + "): must be " + rule
                + ", got \"" + value + "\"");
    }

    private void problem(String message) {
        problems.add(new Problem(name, message));
    }
}
