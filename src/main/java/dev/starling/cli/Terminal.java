package dev.starling.cli;

import java.util.Locale;
import java.util.Map;

/**
 * Where standard output goes.
 *
 * @param rewritable whether a line can be rewritten: a terminal that is not {@code TERM=dumb}
 * @param columns of the terminal
 * @param unicode whether block characters can be printed
 */
public record Terminal(boolean rewritable, int columns, boolean unicode) {

    private static final int USUAL_COLUMNS = 100;

    /**
     * The terminal of this process. The launcher says in the system property {@code starling.terminal} how many
     * columns standard output has, 0 if it is none: Java itself cannot tell.
     */
    static Terminal ofProcess(Map<String, String> environment, String columnsProperty) {
        int columns = columnsProperty.matches("\\d{1,4}") ? Integer.parseInt(columnsProperty) : 0;
        boolean terminal = !columnsProperty.isEmpty() && !columnsProperty.equals("none");
        String kind = environment.getOrDefault("TERM", "dumb");
        String locale = environment.getOrDefault("LC_ALL", environment.getOrDefault("LANG", ""));
        return new Terminal(
                terminal && !kind.equals("dumb"),
                columns > 20 ? columns : USUAL_COLUMNS,
                locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"));
    }
}
