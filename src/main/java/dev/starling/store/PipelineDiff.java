package dev.starling.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How two pipelines differ, ordered by part and key. */
public record PipelineDiff(List<Change> changes) {

    public PipelineDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One value that is not the same.
     *
     * @param path for example {@code recipe.learning-rate}
     * @param before empty if the first pipeline has no such key
     * @param after empty if the second has none
     */
    public record Change(String path, Optional<String> before, Optional<String> after) {

        /** One line, for people. */
        @Override
        public String toString() {
            return path + ": " + before.orElse("(none)") + " -> " + after.orElse("(none)");
        }
    }

    /** A line for each change, for people. */
    public String text() {
        return changes.isEmpty()
                ? "the pipelines are the same"
                : changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
