package dev.starling.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The form of a version, and why.
 *
 * @param chosen one of {@code considered}
 * @param considered every form that is possible, with its cost
 */
public record Choice(FormCost chosen, List<FormCost> considered) {

    public Choice {
        considered = List.copyOf(considered);
    }

    /** All of it in one line, for people: what was chosen, then what was not. */
    public String line() {
        return considered.stream()
                .filter(cost -> !cost.equals(chosen))
                .map(FormCost::toString)
                .collect(Collectors.joining("; ", chosen + (considered.size() > 1 ? "; instead of " : ""), ""));
    }
}
