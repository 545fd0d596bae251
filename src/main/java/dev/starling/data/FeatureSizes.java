package dev.starling.data;

import dev.starling.base.InputException;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whether a featurized table fits into one array of this process; one-hot columns can make it very wide. */
final class FeatureSizes {

    /** What Java can index, less what it needs itself. */
    static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    private FeatureSizes() {}

    /** InputException with the figures, and with what widens the table most. */
    static void require(DataSet data, Featurizer featurizer) {
        require(data, featurizer, Runtime.getRuntime().maxMemory());
    }

    /** @param heapBytes that this process may take */
    static void require(DataSet data, Featurizer featurizer, long heapBytes) {
        long width = featurizer.columns().stream()
                .mapToLong(Featurizer.Column::width)
                .sum();
        long rows = Math.max(data.train().rows(), data.test().rows());
        long values = rows * width;
        if (values > MOST_VALUES) {
            throw refused(data, featurizer, rows, width, "a table can have at most " + count(MOST_VALUES) + " values");
        }
        long bytes = 4 * width * ((long) data.train().rows() + data.test().rows());
        if (bytes > heapBytes) {
            throw refused(
                    data,
                    featurizer,
                    data.train().rows() + (long) data.test().rows(),
                    width,
                    "this process has at most " + gigabytes((double) heapBytes) + " of memory (java -Xmx)");
        }
    }

    private static InputException refused(DataSet data, Featurizer featurizer, long rows, long width, String limit) {
        String needs = count(rows) + " x " + count(width) + " values (" + gigabytes(4.0 * rows * width) + ")";
        int widest = IntStream.range(0, featurizer.columns().size())
                .boxed()
                .max(Comparator.comparingInt(
                        column -> featurizer.columns().get(column).width()))
                .orElseThrow();
        int categories = featurizer.columns().get(widest).width();
        return new InputException(
                data.name(),
                categories == 1
                        ? "needs " + needs + ", but " + limit
                        : "column " + data.columns().name(widest) + " has " + count(categories)
                                + " categories, one-hot needs " + needs
                                + ": use data.features.categories = index (" + limit + ")");
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
