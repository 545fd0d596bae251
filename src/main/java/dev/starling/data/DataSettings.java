package dev.starling.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the data of a scenario comes from and how it is split over the fleet.
 *
 * @param source what is read or generated
 * @param partition how training examples are split over devices
 * @param holdBack share of its examples, 0 to below 1, that each device keeps for its own evaluation (rounded down)
 * @param proxy share of the training examples, 0 to 1, that the coordinator has
 * @param proxyShared whether devices own those examples too; if not, no device does, and some must be left
 * @param testSlices whether devices are evaluated on slices of the test set, cut as their own examples are, instead of on
 *     what they hold back
 * @param views how what devices see differs from what they own, and when it reaches them
 * @param consent whether devices' examples may be kept centrally, so that recipes are executed there
 * @param answers what is to be predicted, where the source leaves it open
 */
public record DataSettings(
        Source source,
        Partition partition,
        Features features,
        double holdBack,
        double proxy,
        boolean proxyShared,
        boolean testSlices,
        ViewSettings views,
        boolean consent,
        AnswerSettings answers) {

    /** Answers are what they are stored as. */
    public DataSettings(
            Source source,
            Partition partition,
            Features features,
            double holdBack,
            double proxy,
            boolean proxyShared,
            boolean testSlices,
            ViewSettings views,
            boolean consent) {
        this(
                source,
                partition,
                features,
                holdBack,
                proxy,
                proxyShared,
                testSlices,
                views,
                consent,
                AnswerSettings.AS_STORED);
    }

    /** Proxy examples are the coordinator's alone. */
    public DataSettings(
            Source source, Partition partition, Features features, double holdBack, double proxy, ViewSettings views) {
        this(source, partition, features, holdBack, proxy, false, false, views, false);
    }

    /** Data that every device sees as it is. */
    public DataSettings(Source source, Partition partition, Features features, double holdBack, double proxy) {
        this(source, partition, features, holdBack, proxy, ViewSettings.PLAIN);
    }

    /** These settings where the answers are what {@code kind} says, if the source leaves it open. */
    public DataSettings predicting(AnswerSettings.Kind kind) {
        return new DataSettings(
                source,
                partition,
                features,
                holdBack,
                proxy,
                proxyShared,
                testSlices,
                views,
                consent,
                answers.of(kind));
    }

    /** What is read or generated. */
    public sealed interface Source {}

    /**
     * 28×28 digits drawn with random strokes: needs no files. Counts over all classes; noise 0 to 1.
     *
     * @param dataSeed seed of the drawing, so that runs of different seeds can share data; empty: the run's seed
     */
    public record Glyphs(int trainExamples, int testExamples, double noise, OptionalLong dataSeed) implements Source {
        public Glyphs(int trainExamples, int testExamples, double noise) {
            this(trainExamples, testExamples, noise, OptionalLong.empty());
        }
    }

    /**
     * Synthetic(α, β) of Li et al. 2020 (FedProx), section 5.1: every device has its own model and its own inputs.
     * Examples are generated per device, on demand.
     *
     * @param iid all devices share one model and one input distribution (Synthetic_iid)
     * @param maxExamples cap on the log-normal number of examples of a device, at least 1
     * @param dataSeed seed of the data, so that runs of different seeds can share data; empty: the run's seed
     */
    public record Synthetic(
            double alpha,
            double beta,
            boolean iid,
            int features,
            int classes,
            int maxExamples,
            int testExamples,
            OptionalLong dataSeed)
            implements Source {
        public Synthetic(
                double alpha, double beta, boolean iid, int features, int classes, int maxExamples, int testExamples) {
            this(alpha, beta, iid, features, classes, maxExamples, testExamples, OptionalLong.empty());
        }
    }

    /**
     * Text that people type, generated; each device has its own dialect. An example is a stretch of text, its label the
     * next character.
     *
     * @param steps characters of an example, at least 1
     * @param examples of each device, at least 1
     * @param dialects how much people differ, 0 (not at all) to 1
     * @param testExamples by people who have no device, at least 1
     * @param dataSeed seed of the text, so that runs of different seeds can share data; empty: the run's seed
     */
    public record Keyboard(int steps, int examples, double dialects, int testExamples, OptionalLong dataSeed)
            implements Source {

        /** That are told apart: blank, a to z and .,?!' */
        public static final int CHARACTERS = KeyboardSource.ALPHABET.length();

        public Keyboard(int steps, int examples, double dialects, int testExamples) {
            this(steps, examples, dialects, testExamples, OptionalLong.empty());
        }
    }

    /**
     * One pool of synthetic examples that all devices of a node share: devices come in groups, each group has its own
     * task of Synthetic(α, β), and a device holds some of its group's examples. Costs a device nothing to have.
     *
     * @param tasks the tasks that examples are drawn from; {@code maxExamples} caps a device's number of examples
     * @param poolExamples examples in the pool, at least one per group
     * @param groups at least 1
     */
    public record SyntheticPool(Synthetic tasks, int poolExamples, int groups) implements Source {}

    /** The IDX files of MNIST and its kin, gzipped or not. */
    public record Idx(Path trainImages, Path trainLabels, Path testImages, Path testLabels) implements Source {}

    /** CIFAR-10 binary batches, gzipped or not. */
    public record Cifar10(List<Path> train, List<Path> test) implements Source {
        public Cifar10 {
            train = List.copyOf(train);
            test = List.copyOf(test);
        }
    }

    /**
     * A table.
     *
     * @param delimiter one character; a space stands for any run of white space
     * @param decimal between the whole part of a number and the rest: a point or a comma
     * @param numerical columns by name (with a header) or by index from 0
     * @param target the column to predict; {@code classes} 0 means regression, else labels 0 … classes−1 or as many
     *     texts
     * @param classNames what the cells of the target say for class 0, 1, …; empty: the texts, sorted
     * @param testShare share of the rows, drawn with {@code splitSeed}, that becomes the test set
     * @param missing what becomes of cells in which nothing is known
     */
    public record Csv(
            Path file,
            char delimiter,
            char decimal,
            boolean header,
            List<String> numerical,
            List<String> categorical,
            String target,
            int classes,
            List<String> classNames,
            double testShare,
            long splitSeed,
            MissingValues missing)
            implements Source {
        public Csv {
            numerical = List.copyOf(numerical);
            categorical = List.copyOf(categorical);
            classNames = List.copyOf(classNames);
        }

        /** A table with decimal points in which nothing is missing. */
        public Csv(
                Path file,
                char delimiter,
                boolean header,
                List<String> numerical,
                List<String> categorical,
                String target,
                int classes,
                double testShare,
                long splitSeed) {
            this(
                    file,
                    delimiter,
                    '.',
                    header,
                    numerical,
                    categorical,
                    target,
                    classes,
                    List.of(),
                    testShare,
                    splitSeed,
                    MissingValues.REFUSED);
        }
    }

    /** NumPy arrays {@code x_train, y_train, x_test, y_test} and optionally {@code offsets} or {@code indices}. */
    public record Npz(Path file) implements Source {}

    /** How training examples are split over devices. */
    public sealed interface Partition {}

    /** Shuffled, equal parts. */
    public record Iid() implements Partition {}

    /**
     * Sorted by label, or by target if that is a number, cut into devices × perDevice shards, dealt at random (McMahan et
     * al. 2017, section 3).
     */
    public record Shards(int perDevice) implements Partition {}

    /** Each device's label mix is drawn from Dirichlet(alpha) (Hsu et al. 2019); equal sizes, but those of the source for a pool. */
    public record Dirichlet(double alpha) implements Partition {}

    /** {@code labels} labels each, sizes from a power law with the given exponent, at least {@code smallest}. */
    public record PowerLaw(double exponent, int smallest, int labels) implements Partition {}

    /** Shuffled; sizes log-normal with the given sigma, at least {@code smallest}. */
    public record LogNormal(double sigma, int smallest) implements Partition {}

    /** One group of devices per value of a column (name or index); rows of a value are dealt to its devices. */
    public record ByColumn(String column) implements Partition {}

    /** As the source file says: {@code offsets} or {@code indices} of an .npz. */
    public record FromFile() implements Partition {}

    /** Every device generates its own examples: the partition of sources that {@link #generates}. */
    public record Generated() implements Partition {}

    /**
     * Featurization.
     *
     * @param scale factor on every numerical column, for example 1/255 for images
     * @param standardization of numerical columns
     * @param categories how categorical columns are given to the model
     * @param augmentation what happens to images in training
     */
    public record Features(
            double scale, Standardization standardization, Categories categories, Augmentation augmentation) {

        public Features(double scale, boolean standardize, Categories categories) {
            this(scale, standardize ? Standardization.COLUMN : Standardization.NONE, categories, Augmentation.NONE);
        }
    }

    /** Which values share the mean and deviation, both of the proxy data, that they are standardized with. */
    public enum Standardization {
        NONE,
        COLUMN,
        /** All pixels of a channel of images. */
        CHANNEL
    }

    /** How categorical columns are given to the model. */
    public enum Categories {
        INDEX,
        ONE_HOT
    }

    /** The files that this source reads, in order. */
    public static List<Path> files(Source source) {
        if (source instanceof Idx idx) {
            return List.of(idx.trainImages(), idx.trainLabels(), idx.testImages(), idx.testLabels());
        } else if (source instanceof Cifar10 cifar) {
            return Stream.concat(cifar.train().stream(), cifar.test().stream()).toList();
        } else if (source instanceof Csv csv) {
            return List.of(csv.file());
        } else if (source instanceof Npz npz) {
            return List.of(npz.file());
        }
        return List.of();
    }

    /** Whether every device makes its own examples, which no partition can split. */
    public static boolean generates(Source source) {
        return source instanceof Synthetic || source instanceof SyntheticPool || source instanceof Keyboard;
    }

    /** A partition that only makes sense for labels names it here; null if it fits any data. */
    public @Nullable String needsLabels() {
        if (partition instanceof Dirichlet || partition instanceof PowerLaw) {
            return partition.getClass().getSimpleName();
        }
        return null;
    }
}
