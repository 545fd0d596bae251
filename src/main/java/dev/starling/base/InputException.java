package dev.starling.base;

import java.util.List;
import java.util.stream.Collectors;

/** What a user gave cannot be used; carries every problem found. The command line exits with 2. */
public final class InputException extends RuntimeException {

    private final List<Problem> problems;

    public InputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public InputException(String place, String message) {
        this(List.of(new Problem(place, message)));
    }

    /** At least one, in the order of the places. */
    public List<Problem> problems() {
        return problems;
    }
}
