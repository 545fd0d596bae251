package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.DataSettings.Csv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The texts of a delimited file, every row as wide as the first; lines without any text are skipped. */
final class CsvTable {

    private static final int MAX_PROBLEMS = 20;

    /** What columns are usually separated by, the likeliest first where there are several. */
    private static final List<Character> DELIMITERS = List.of(';', '\t', '|', ',', ' ');

    private final List<String> names;
    private final List<List<String>> rows;
    private final List<Long> lines;
    private final String hint;

    private CsvTable(List<String> names, List<List<String>> rows, List<Long> lines, String hint) {
        this.names = names;
        this.rows = rows;
        this.lines = lines;
        this.hint = hint;
    }

    static CsvTable read(Csv source) {
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(InputFiles.openText(source.file()), TextEncoding.decoder()))) {
            if (source.delimiter() == ' ') {
                readBlanks(in, rows, lines);
            } else {
                readDelimited(in, source.delimiter(), rows, lines);
            }
        } catch (IOException | UncheckedIOException e) {
            throw e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException
                    ? InputFiles.notUtf8(source.file())
                    : InputFiles.unreadable(source.file(), e);
        }
        return check(source, rows, lines);
    }

    private static CsvTable check(Csv source, List<List<String>> rows, List<Long> lines) {
        String file = source.file().toString();
        if (rows.size() < (source.header() ? 2 : 1)) {
            throw new InputException(file, "must hold at least one row, got none");
        }
        String hint = hint(rows.get(0), source.delimiter());
        int width = rows.get(0).size();
        List<String> names = source.header()
                ? List.copyOf(rows.remove(0))
                : IntStream.range(0, width).mapToObj(String::valueOf).toList();
        if (source.header()) {
            lines.remove(0);
        }
        List<Problem> problems = new ArrayList<>();
        for (int row = 0; row < rows.size() && problems.size() < MAX_PROBLEMS; row++) {
            int got = rows.get(row).size();
            if (got != width) {
                String unnamed = source.header() && got == width + 1
                        ? "; if rows begin with a name for which the first line has no column, give it one"
                        : "";
                String place = file + ": line " + lines.get(row);
                problems.add(new Problem(place, "must have " + width + " columns, got " + got + unnamed + hint));
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return new CsvTable(names, rows, lines, hint);
    }

    /** What to say if the whole first line is one column that looks like several. */
    private static String hint(List<String> first, char delimiter) {
        if (first.size() > 1) {
            return "";
        }
        return DELIMITERS.stream()
                .filter(other -> other != delimiter && first.get(0).indexOf(other) >= 0)
                .findFirst()
                .map(other -> "; columns seem to be separated by \"" + (other == '\t' ? "\\t" : other)
                        + "\": set data.source.delimiter to it")
                .orElse("");
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

    /** Spreadsheets end in lines of nothing but delimiters. */
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
                List<String> cells = row.toList();
                if (!cells.stream().allMatch(String::isEmpty)) {
                    rows.add(cells);
                    lines.add(parser.getCurrentLineNumber());
                }
            }
        }
    }

    /** The rows for which {@code kept} is true. */
    CsvTable only(boolean[] kept) {
        List<List<String>> keptRows = new ArrayList<>();
        List<Long> keptLines = new ArrayList<>();
        for (int row = 0; row < kept.length; row++) {
            if (kept[row]) {
                keptRows.add(rows.get(row));
                keptLines.add(lines.get(row));
            }
        }
        return new CsvTable(names, keptRows, keptLines, hint);
    }

    int rows() {
        return rows.size();
    }

    /** The line of the file, from 1, on which {@code row} ends. */
    long line(int row) {
        return lines.get(row);
    }

    String cell(int row, int column) {
        return rows.get(row).get(column);
    }

    /** The texts of one column. */
    List<String> column(int column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    /** By name, or by index from 0. A header may itself hold numbers: then they are names. */
    Optional<Integer> index(String name) {
        int byName = name.isEmpty() ? -1 : names.indexOf(name);
        if (byName >= 0) {
            return Optional.of(byName);
        }
        boolean index = name.matches("[0-9]{1,6}") && Integer.parseInt(name) < names.size();
        return index ? Optional.of(Integer.parseInt(name)) : Optional.empty();
    }

    /** The columns of that name. */
    List<Integer> named(String name) {
        return IntStream.range(0, names.size())
                .filter(column -> names.get(column).equals(name))
                .boxed()
                .toList();
    }

    /** For messages: the index from 0, and the name if there is one. */
    String name(int column) {
        String name = names.get(column);
        return name.equals(String.valueOf(column)) ? name : column + " (" + name + ")";
    }

    /** As the header has it, or the index if there is none. */
    String plainName(int column) {
        String name = names.get(column);
        return name.isEmpty() ? String.valueOf(column) : name;
    }

    /** For messages: what columns there are. */
    String columnNames() {
        boolean unnamed = names.equals(
                IntStream.range(0, names.size()).mapToObj(String::valueOf).toList());
        return (unnamed ? "0 to " + (names.size() - 1) : names.toString()) + hint;
    }
}
