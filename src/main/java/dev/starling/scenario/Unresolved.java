package dev.starling.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a value that holds ${...} in the form in which the library writes it: JSON, but for references; values that are
 * still to be merged stand one behind the other, the oldest first, with commas between them.
 */
final class Unresolved {

    /**
     * One of the values to be merged.
     *
     * @param references the paths that it refers to, as often as it does
     * @param outer those of them that stand in no block and no list
     */
    record Part(int chars, List<String> references, List<String> outer) {
        Part {
            references = List.copyOf(references);
            outer = List.copyOf(outer);
        }
    }

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private final List<String> outer = new ArrayList<>();
    private int at;

    private Unresolved(String text) {
        this.text = text;
    }

    static List<Part> parts(String text) {
        return new Unresolved(text).read();
    }

    private List<Part> read() {
        int depth = 0;
        int start = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                skipString();
            } else if (text.startsWith("${", at)) {
                String path = reference();
                references.add(path);
                if (depth == 0) {
                    outer.add(path);
                }
            } else if (c == ',' && depth == 0) {
                end(start);
                start = at + 1;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        }
        end(start);
        return parts;
    }

    private void end(int start) {
        parts.add(new Part(at - start, references, outer));
        references.clear();
        outer.clear();
    }

    /** To its closing quote. */
    private void skipString() {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
    }

    /** To its closing brace; the path between. */
    private String reference() {
        at += 2;
        int start = text.startsWith("?", at) ? at + 1 : at;
        while (at < text.length() && text.charAt(at) != '}') {
            if (text.charAt(at) == '"') {
                skipString();
            }
            at++;
        }
        return text.substring(start, Math.min(at, text.length()));
    }
}
