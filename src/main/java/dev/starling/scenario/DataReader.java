package dev.starling.scenario;

import dev.starling.data.AnswerSettings;
import dev.starling.data.Augmentation;
import dev.starling.data.DataSettings;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.Source;
import dev.starling.data.DataSettings.Standardization;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Reads the block {@code data}. */
final class DataReader {

    private enum SourceKind {
        GLYPHS,
        SYNTHETIC,
        SYNTHETIC_POOL,
        KEYBOARD,
        IDX,
        CIFAR10,
        CSV,
        NPZ
    }

    private enum PartitionKind {
        AUTO,
        IID,
        SHARDS,
        DIRICHLET,
        POWER_LAW,
        LOG_NORMAL,
        BY_COLUMN,
        FROM_FILE,
        GENERATED
    }

    private enum EvaluateOn {
        HELD_BACK,
        TEST_SLICE
    }

    private static final double IMAGE_SCALE = 1.0 / 255;

    private final Section data;
    private final Path directory;
    /** Whether the scenario names the regions in which devices live: then there are no others. */
    private final boolean regionsOfFleet;

    DataReader(Reading reading) {
        data = reading.section("data");
        directory = data.read("directory", Values.file(Path.of("")));
        regionsOfFleet = reading.given("fleet.availability.kind")
                .map(kind -> "daily".equals(kind.unwrapped()))
                .orElse(false);
        // Another node may start elsewhere: the text it gets must not depend on where.
        reading.decide("data.directory", directory.toString());
    }

    /** Absolute; where all files of the scenario are. */
    Path directory() {
        return directory;
    }

    DataSettings read() {
        Source source = source(data.child("source"));
        boolean proxyShared = data.read("proxy-shared", Values.flag());
        return new DataSettings(
                source,
                partition(data.child("partition"), source),
                features(data.child("features"), source),
                data.read("hold-back", Numbers.number(Range.SHARE)),
                data.read("proxy", Numbers.number(proxyShared ? Range.UNIT : Range.SHARE)),
                proxyShared,
                data.read("evaluate-on", Values.choice(EvaluateOn.class)) == EvaluateOn.TEST_SLICE,
                ViewReader.read(data, regionsOfFleet),
                data.read("consent", Values.flag()),
                new AnswerSettings(AnswerSettings.Kind.AS_STORED, classes()));
    }

    private OptionalInt classes() {
        return data.read("classes", Numbers.wholeNumber(2, 1_000_000).orAuto())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private Source source(Section source) {
        return switch (source.readKind(SourceKind.class)) {
            case GLYPHS ->
                new DataSettings.Glyphs(
                        source.read("train-examples", Numbers.wholeNumber(10, Integer.MAX_VALUE)),
                        source.read("test-examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                        source.read("noise", Numbers.number(Range.UNIT)));
            case SYNTHETIC -> synthetic(source, source.read("iid", Values.flag()));
            case SYNTHETIC_POOL ->
                new DataSettings.SyntheticPool(
                        synthetic(source, source.read("iid", Values.flag())),
                        source.read("pool-examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                        source.read("groups", Numbers.wholeNumber(1, 1_000_000)));
            case KEYBOARD ->
                new DataSettings.Keyboard(
                        source.read("steps", Numbers.wholeNumber(1, 10_000)),
                        source.read("examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                        source.read("dialects", Numbers.number(Range.UNIT)),
                        source.read("test-examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)));
            case IDX ->
                new DataSettings.Idx(
                        file(source, "train-images"),
                        file(source, "train-labels"),
                        file(source, "test-images"),
                        file(source, "test-labels"));
            case CIFAR10 ->
                new DataSettings.Cifar10(
                        source.read("train", Values.file(directory).list()),
                        source.read("test", Values.file(directory).list()));
            case CSV -> TableReader.read(source, file(source, "file"));
            case NPZ -> new DataSettings.Npz(file(source, "file"));
        };
    }

    private static DataSettings.Synthetic synthetic(Section source, boolean iid) {
        return new DataSettings.Synthetic(
                source.read("alpha", Numbers.number(Range.NOT_NEGATIVE)),
                source.read("beta", Numbers.number(Range.NOT_NEGATIVE)),
                iid,
                source.read("features", Numbers.wholeNumber(1, 1_000_000)),
                source.read("classes", Numbers.wholeNumber(2, 1_000_000)),
                source.read("max-examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                source.read("test-examples", Numbers.wholeNumber(1, Integer.MAX_VALUE)));
    }

    private Path file(Section source, String key) {
        return source.read(key, Values.file(directory));
    }

    private static Partition partition(Section partition, Source source) {
        return switch (partition.readKind(PartitionKind.class)) {
            case AUTO -> DataSettings.generates(source) ? new DataSettings.Generated() : new DataSettings.Iid();
            case IID -> new DataSettings.Iid();
            case SHARDS ->
                new DataSettings.Shards(partition.read("per-device", Numbers.wholeNumber(1, Integer.MAX_VALUE)));
            case DIRICHLET -> new DataSettings.Dirichlet(partition.read("alpha", Numbers.number(Range.POSITIVE)));
            case POWER_LAW ->
                new DataSettings.PowerLaw(
                        partition.read("exponent", Numbers.number(Range.above(1))),
                        partition.read("smallest", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                        partition.read("labels", Numbers.wholeNumber(1, Integer.MAX_VALUE)));
            case LOG_NORMAL ->
                new DataSettings.LogNormal(
                        partition.read("sigma", Numbers.number(Range.NOT_NEGATIVE)),
                        partition.read("smallest", Numbers.wholeNumber(1, Integer.MAX_VALUE)));
            case BY_COLUMN -> new DataSettings.ByColumn(partition.read("column", Values.text()));
            case FROM_FILE -> new DataSettings.FromFile();
            case GENERATED -> new DataSettings.Generated();
        };
    }

    private static DataSettings.Features features(Section features, Source source) {
        boolean images = source instanceof DataSettings.Glyphs
                || source instanceof DataSettings.Idx
                || source instanceof DataSettings.Cifar10;
        return new DataSettings.Features(
                features.read("scale", Numbers.fraction(Range.POSITIVE).orAuto())
                        .orElse(images ? IMAGE_SCALE : 1),
                features.read("standardize", standardization()),
                features.read("categories", Values.choice(Categories.class)),
                augmentation(features.child("augment")));
    }

    private static Conversion<Standardization> standardization() {
        Conversion<Boolean> flag = Values.flag();
        return new Conversion<>(
                        value -> flag.of(value) ? Standardization.COLUMN : Standardization.NONE, Standardization.NONE)
                .orWord("per-channel", Standardization.CHANNEL);
    }

    private static Augmentation augmentation(Section augment) {
        return new Augmentation(
                augment.read("crop", Numbers.wholeNumber(0, 1000)), augment.read("flip", Values.flag()));
    }
}
