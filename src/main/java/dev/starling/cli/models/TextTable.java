package dev.starling.cli.models;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as what stands in them. Numbers stand to the right. */
final class TextTable {

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** A head that starts with {@code >} has its column stand to the right. */
    TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    void row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(heads.size() + " cells make a row, got " + cells.length);
        }
        rows.add(List.of(cells));
    }

    void print(PrintStream out) {
        List<String> names = heads.stream().map(TextTable::name).toList();
        print(names, out);
        rows.forEach(row -> print(row, out));
    }

    private void print(List<String> cells, PrintStream out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String space = " ".repeat(width(i) - cell.length());
            line.append(i == 0 ? "" : "  ").append(right(i) ? space + cell : cell + space);
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        int widest = name(heads.get(column)).length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    private boolean right(int column) {
        return heads.get(column).startsWith(">");
    }

    private static String name(String head) {
        return head.startsWith(">") ? head.substring(1) : head;
    }
}
