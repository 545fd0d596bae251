package dev.starling.cli;

import dev.starling.base.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words of a command line that are no options. {@code --set a=1 b=2} gives the second override as a word of its own: words
 * with an equals sign that are no files are overrides, for every command that takes {@code --set}.
 *
 * @param settings each {@code key=value}: those after {@code --set} first
 * @param others files, names and the like, in order
 */
public record Overrides(List<String> settings, List<String> others) {

    public Overrides {
        settings = List.copyOf(settings);
        others = List.copyOf(others);
    }

    /**
     * Sorts {@code words}; throws InputException for an override that is none.
     *
     * @param set what followed each {@code --set}
     */
    public static Overrides of(List<String> words, List<String> set) {
        List<String> settings = new ArrayList<>(set);
        List<String> others = new ArrayList<>();
        for (String word : words) {
            (isOverride(word) ? settings : others).add(word);
        }
        for (String setting : settings) {
            if (setting.indexOf('=') < 1) {
                throw new InputException("--set", "must be key=value, got " + setting);
            }
        }
        return new Overrides(settings, others);
    }

    /** The same for a command that takes one word besides, called {@code what}. */
    static Overrides withOne(String command, String what, List<String> words, List<String> set) {
        Overrides sorted = of(words, set);
        if (sorted.others.size() != 1) {
            throw new InputException(
                    command, "takes one " + what + ", got " + (sorted.others.isEmpty() ? "none" : sorted.others));
        }
        return sorted;
    }

    /** The same for a command that takes nothing besides. */
    static Overrides alone(String command, List<String> words, List<String> set) {
        Overrides sorted = of(words, set);
        if (!sorted.others.isEmpty()) {
            throw new InputException(
                    command, "takes options and, after --set, key=value words only; got " + sorted.others);
        }
        return sorted;
    }

    private static boolean isOverride(String word) {
        try {
            return word.contains("=") && !Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return true; // No file has such a name; a value may hold anything.
        }
    }

    /** The one word besides, as a file; InputException if no file can have that name. */
    Path file() {
        return file(others.get(0));
    }

    /** {@code word} as a file. */
    static Path file(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new InputException(word, "cannot be the name of a file here: " + e.getReason());
        }
    }
}
