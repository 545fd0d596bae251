package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.DataSettings.Csv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The texts of a delimited file, every row as wide as the first; blank lines are skipped. */
final class CsvTable {

    private static final int MAX_PROBLEMS = 20;

    private final List<String> names;
    private final List<List<String>> rows;
    private final List<Long> lines;

    private CsvTable(List<String> names, List<List<String>> rows, List<Long> lines) {
        this.names = names;
        this.rows = rows;
        this.lines = lines;
    }

    static CsvTable read(Csv source) {
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(InputFiles.openText(source.file()), StandardCharsets.UTF_8))) {
            if (source.delimiter() == ' ') {
                readBlanks(in, rows, lines);
            } else {
                readDelimited(in, source.delimiter(), rows, lines);
            }
        } catch (IOException | UncheckedIOException e) {
            throw InputFiles.unreadable(source.file(), e);
        }
        return check(source, rows, lines);
    }

    private static CsvTable check(Csv source, List<List<String>> rows, List<Long> lines) {
        String file = source.file().toString();
        if (rows.size() < (source.header() ? 2 : 1)) {
            throw new InputException(file, "must hold at least one row, got none");
        }
        int width = rows.get(0).size();
        List<String> names = source.header()
                ? List.copyOf(rows.remove(0))
                : IntStream.range(0, width).mapToObj(String::valueOf).toList();
        List<Problem> problems = new ArrayList<>();
        if (source.header()) {
            lines.remove(0);
            names.stream()
                    .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                    .distinct()
                    .forEach(name ->
                            problems.add(new Problem(file + ": line 1", "column " + name + " must appear once")));
        }
        for (int row = 0; row < rows.size() && problems.size() < MAX_PROBLEMS; row++) {
            if (rows.get(row).size() != width) {
                problems.add(new Problem(
                        file + ": line " + lines.get(row),
                        "must have " + width + " columns, got " + rows.get(row).size()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return new CsvTable(names, rows, lines);
    }

    /** Columns by any run of white space: no quotes, nothing empty. */
    private static void readBlanks(BufferedReader in, List<List<String>> rows, List<Long> lines) throws IOException {
        long number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.add(Arrays.asList(line.strip().split("\\s+")));
                lines.add(number);
            }
        }
    }

    private static void readDelimited(BufferedReader in, char delimiter, List<List<String>> rows, List<Long> lines)
            throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser =
                CSVParser.builder().setReader(in).setFormat(format).get()) {
            for (CSVRecord row : parser) {
                rows.add(row.toList());
                lines.add(parser.getCurrentLineNumber());
            }
        }
    }

    int rows() {
        return rows.size();
    }

    /** The line of the file, from 1, on which {@code row} ends. */
    long line(int row) {
        return lines.get(row);
    }

    /** The texts of one column. */
    List<String> column(int column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    /** By name, or by index from 0. A header may itself hold numbers: then they are names. */
    Optional<Integer> index(String name) {
        int byName = names.indexOf(name);
        if (byName >= 0) {
            return Optional.of(byName);
        }
        boolean index = name.matches("[0-9]{1,6}") && Integer.parseInt(name) < names.size();
        return index ? Optional.of(Integer.parseInt(name)) : Optional.empty();
    }

    /** For messages: the index from 0, and the name if there is one. */
    String name(int column) {
        String name = names.get(column);
        return name.equals(String.valueOf(column)) ? name : column + " (" + name + ")";
    }

    /** For messages: what columns there are. */
    String columnNames() {
        boolean unnamed = names.equals(
                IntStream.range(0, names.size()).mapToObj(String::valueOf).toList());
        return unnamed ? "0 to " + (names.size() - 1) : names.toString();
    }
}
