package dev.starling.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where standard output goes.
 *
 * @param rewritable whether a line can be rewritten: a terminal that is not {@code TERM=dumb}, and wide enough for one
 * @param columns of the terminal
 * @param unicode whether block characters can be printed
 * @param colours whether they are wanted (no-color.org)
 */
public record Terminal(boolean rewritable, int columns, boolean unicode, boolean colours) {

    /** With colours. */
    public Terminal(boolean rewritable, int columns, boolean unicode) {
        this(rewritable, columns, unicode, true);
    }

    private static final int USUAL_COLUMNS = 100;

    /** A line of fewer columns has no room for what is to be seen: plain lines, which a terminal wraps, say more. */
    private static final int LEAST_COLUMNS = 40;

    /**
     * The terminal of this process. The launcher says how many columns standard output has, {@code none} if it is no terminal:
     * Java itself cannot tell. A variable of the environment that is set to nothing counts as not set.
     *
     * @param columnsProperty 0 if the terminal does not say
     * @param localeProperty the locale that the user named, if the launcher had to set another; else empty
     */
    static Terminal ofProcess(Map<String, String> environment, String columnsProperty, String localeProperty) {
        int columns = columnsProperty.matches("\\d{1,4}") ? Integer.parseInt(columnsProperty) : 0;
        boolean terminal = !columnsProperty.isEmpty() && !columnsProperty.equals("none");
        String kind = set(environment, "TERM").orElse("dumb");
        String locale = localeProperty.isEmpty()
                ? Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .flatMap(name -> set(environment, name).stream())
                        .findFirst()
                        .orElse("")
                : localeProperty;
        boolean wide = columns == 0 || columns >= LEAST_COLUMNS;
        return new Terminal(
                terminal && wide && !kind.equals("dumb"),
                columns == 0 ? USUAL_COLUMNS : columns,
                locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"),
                set(environment, "NO_COLOR").isEmpty());
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
