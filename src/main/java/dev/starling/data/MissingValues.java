package dev.starling.data;

import java.util.List;

/**
 * What becomes of the cells of a table in which nothing is known.
 *
 * @param cells what such cells say, in any case; empty cells are missing whether it is listed or not
 * @param numerical in columns that are numbers
 * @param categorical in columns of categories
 * @param target in the column to predict
 */
public record MissingValues(List<String> cells, Numerical numerical, Categorical categorical, Target target) {

    public static final MissingValues REFUSED = new MissingValues(
            List.of("", "NA", "N/A", "#N/A", "<NA>", "NaN", "null", "None", "?"),
            Numerical.REFUSE,
            Categorical.REFUSE,
            Target.REFUSE);

    public MissingValues {
        cells = List.copyOf(cells);
    }

    /** What takes the place of a missing number; fitted on the rows that the featurizer is fitted on. */
    public enum Numerical {
        REFUSE,
        MEAN,
        MEDIAN,
        MOST_COMMON,
        /** The whole row is left out. */
        DROP_ROW
    }

    /** What takes the place of a missing category. */
    public enum Categorical {
        REFUSE,
        MOST_COMMON,
        /** Missing is a category like any other. */
        CATEGORY,
        DROP_ROW
    }

    /** What becomes of rows whose answer is missing: an answer is never made up. */
    public enum Target {
        REFUSE,
        DROP_ROW
    }

    /** Whether {@code text} says that nothing is known. */
    boolean holds(String text) {
        return text.isEmpty() || cells.stream().anyMatch(text::equalsIgnoreCase);
    }
}
