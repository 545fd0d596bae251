package dev.starling.scenario;

import dev.starling.data.DataSettings;
import dev.starling.data.DataSettings.ByColumn;
import dev.starling.data.DataSettings.Cifar10;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Dirichlet;
import dev.starling.data.DataSettings.FromFile;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.Keyboard;
import dev.starling.data.DataSettings.LogNormal;
import dev.starling.data.DataSettings.Npz;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.PowerLaw;
import dev.starling.data.DataSettings.Shards;
import dev.starling.data.DataSettings.Source;
import dev.starling.data.DataSettings.Synthetic;
import dev.starling.data.DataSettings.SyntheticPool;
import dev.starling.model.Loss;
import java.util.List;
import java.util.stream.Stream;

/** What must hold between the settings of {@code data}, as far as it shows without reading the data. */
final class DataRules {

    private static final String KIND = "data.partition.kind";
    private static final String SOURCE = "data.source.kind";

    private final DataSettings data;
    private final int devices;
    private final Reading reading;

    private DataRules(Scenario draft, Reading reading) {
        this.data = draft.data();
        this.devices = draft.fleet().devices();
        this.reading = reading;
    }

    static void check(Scenario draft, Reading reading) {
        DataRules rules = new DataRules(draft, reading);
        rules.partitionFitsSource();
        rules.everyDeviceGetsExamples();
        rules.proxyCanBeShared();
        rules.testCanBeSliced();
        rules.batchesAreNamed();
        rules.classesAreThere(draft.model().loss());
        rules.charactersAreNoQuantities();
        SizeRules.check(draft.data().source(), draft.fleet().devices(), reading);
        if (draft.data().source() instanceof Csv csv) {
            rules.columns(csv);
        } else if (draft.data().source() instanceof SyntheticPool pool) {
            rules.groupsHaveExamples(pool);
        }
        ViewRules.check(draft, reading);
    }

    /** Whether the settings say that the data carries numbers to predict, not labels. */
    static boolean numbersToPredict(DataSettings data) {
        return data.source() instanceof Csv csv && csv.classes() == 0;
    }

    private void partitionFitsSource() {
        Source source = data.source();
        Partition partition = data.partition();
        boolean pool = source instanceof SyntheticPool;
        reading.rule(
                !DataSettings.generates(source)
                        || partition instanceof Generated
                        || (pool && partition instanceof Dirichlet),
                KIND + " must be generated (or left out)" + (pool ? " or dirichlet" : "") + " with " + SOURCE + " = "
                        + sourceKind() + ", got " + kind(),
                KIND,
                SOURCE);
        reading.rule(
                !(partition instanceof Generated) || DataSettings.generates(source),
                KIND + " = generated needs " + SOURCE + " = synthetic, synthetic-pool or keyboard",
                KIND,
                SOURCE);
        reading.rule(
                !(partition instanceof FromFile) || source instanceof Npz,
                KIND + " = from-file needs " + SOURCE + " = npz",
                KIND,
                SOURCE);
        reading.rule(
                !(partition instanceof ByColumn) || source instanceof Csv || source instanceof Npz,
                KIND + " = by-column needs " + SOURCE + " = csv or npz",
                KIND,
                SOURCE);
        reading.rule(
                data.needsLabels() == null || !numbersToPredict(data),
                KIND + " = " + kind() + " needs labels, but data.source.target-classes is 0: the target is a number",
                KIND,
                "data.source.target-classes");
        if (partition instanceof PowerLaw powerLaw) {
            int classes = classes(data);
            reading.rule(
                    powerLaw.labels() <= classes,
                    "data.partition.labels must be at most the number of classes (" + classes + "), got "
                            + powerLaw.labels(),
                    "data.partition.labels",
                    SOURCE);
        }
    }

    /** Only drawn data tells its size here; files are checked when they are opened. */
    private void everyDeviceGetsExamples() {
        if (data.partition() instanceof Shards shards) {
            long needed = (long) shards.perDevice() * devices;
            long examples = trainExamples();
            reading.rule(
                    needed <= examples,
                    "data.partition.per-device × fleet.devices must be at most the training examples (" + examples
                            + "), got " + shards.perDevice() + " × " + devices + " = " + needed,
                    "data.partition.per-device",
                    "fleet.devices",
                    "data.source.train-examples",
                    "data.proxy");
            return;
        }
        long smallest = smallest();
        long examples = trainExamples();
        reading.rule(
                smallest * devices <= examples,
                smallest == 1
                        ? "fleet.devices must be at most the training examples (" + examples + "), got " + devices
                        : "data.partition.smallest × fleet.devices must be at most the training examples (" + examples
                                + "), got " + smallest + " × " + devices + " = " + smallest * devices,
                "fleet.devices",
                "data.partition.smallest",
                "data.source.train-examples",
                "data.proxy");
    }

    private void proxyCanBeShared() {
        Source source = data.source();
        reading.rule(
                !data.proxyShared() || !(source instanceof Synthetic || source instanceof SyntheticPool),
                "data.proxy-shared must be false with " + SOURCE + " = " + sourceKind()
                        + ": its proxy examples are drawn anew, devices own others",
                "data.proxy-shared",
                SOURCE);
    }

    private void testCanBeSliced() {
        Partition partition = data.partition();
        reading.rule(
                !data.testSlices() || partition instanceof Shards || partition instanceof Iid,
                "data.evaluate-on = test-slice needs " + KIND + " = shards or iid, got " + kind(),
                "data.evaluate-on",
                KIND);
    }

    private void groupsHaveExamples(SyntheticPool pool) {
        reading.rule(
                pool.groups() <= pool.poolExamples(),
                "data.source.groups must be at most data.source.pool-examples (" + pool.poolExamples() + "), got "
                        + pool.groups(),
                "data.source.groups",
                "data.source.pool-examples");
    }

    private void classesAreThere(Loss loss) {
        data.answers().classes().ifPresent(said -> {
            reading.rule(
                    loss.takesLabels() && !numbersToPredict(data),
                    "data.classes must be left out where numbers are predicted, got " + said,
                    "data.classes",
                    "model.loss",
                    "data.source.target-classes");
            int made = ofSource(data.source());
            reading.rule(
                    made == Integer.MAX_VALUE || said >= made,
                    "data.classes must be at least the classes of data.source (" + made + "), got " + said,
                    "data.classes",
                    SOURCE);
        });
    }

    private void batchesAreNamed() {
        if (data.source() instanceof Cifar10 cifar) {
            reading.rule(
                    !cifar.train().isEmpty(), "data.source.train must name at least one file", "data.source.train");
            reading.rule(!cifar.test().isEmpty(), "data.source.test must name at least one file", "data.source.test");
        }
    }

    /** They are numbered, but more is not more. */
    private void charactersAreNoQuantities() {
        if (!(data.source() instanceof Keyboard)) {
            return;
        }
        DataSettings.Features features = data.features();
        reading.rule(
                features.standardization() == DataSettings.Standardization.NONE,
                "data.features.standardize must be false with data.source.kind = keyboard: characters are no quantities",
                "data.features.standardize",
                SOURCE);
        reading.rule(
                features.scale() == 1,
                "data.features.scale must be 1 (or left out) with data.source.kind = keyboard, got "
                        + Range.plain(features.scale()),
                "data.features.scale",
                SOURCE);
    }

    private void columns(Csv csv) {
        String numerical = "data.source.numerical";
        String categorical = "data.source.categorical";
        String target = "data.source.target";
        List<String> inputs = Stream.concat(csv.numerical().stream(), csv.categorical().stream())
                .toList();
        reading.rule(
                !inputs.isEmpty(),
                numerical + " and " + categorical + " must name at least one column together",
                numerical,
                categorical);
        inputs.stream()
                .filter(column -> inputs.indexOf(column) != inputs.lastIndexOf(column))
                .distinct()
                .forEach(column -> reading.rule(
                        false,
                        numerical + " and " + categorical + " name column " + column + " twice",
                        numerical,
                        categorical));
        reading.rule(
                !inputs.contains(csv.target()),
                target + " must not be an input too, got " + csv.target(),
                target,
                numerical,
                categorical);
        String delimiter = "data.source.delimiter";
        reading.rule(
                "\"\r\n".indexOf(csv.delimiter()) < 0,
                delimiter + " must not be a quote or the end of a line",
                delimiter);
        classNames(csv);
        if (!csv.header()) {
            indexed(csv.numerical(), numerical);
            indexed(csv.categorical(), categorical);
            indexed(List.of(csv.target()), target);
        }
    }

    private void classNames(Csv csv) {
        String path = "data.source.class-names";
        List<String> names = csv.classNames();
        reading.rule(
                names.isEmpty() || names.size() == csv.classes(),
                path + " must have data.source.target-classes (" + csv.classes() + ") names, or that be left out; got "
                        + names.size(),
                path,
                "data.source.target-classes");
        reading.rule(names.size() != 1, path + " must have at least 2 names, got 1", path);
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .distinct()
                .forEach(name -> reading.rule(false, path + " must name a class once, got " + name + " twice", path));
    }

    private void indexed(List<String> columns, String path) {
        columns.stream()
                .filter(column -> !column.matches("\\d{1,6}"))
                .forEach(column -> reading.rule(
                        false,
                        path + " must name columns by index from 0, for data.source.header is false; got \"" + column
                                + "\"",
                        path,
                        "data.source.header"));
    }

    private long smallest() {
        if (data.partition() instanceof PowerLaw powerLaw) {
            return powerLaw.smallest();
        }
        return data.partition() instanceof LogNormal logNormal ? logNormal.smallest() : 1;
    }

    /** Training examples that devices can own; as many as one likes where the settings do not tell. */
    private long trainExamples() {
        return data.source() instanceof Glyphs glyphs
                ? glyphs.trainExamples() - (data.proxyShared() ? 0 : (long) (glyphs.trainExamples() * data.proxy()))
                : Long.MAX_VALUE;
    }

    /** As many as one likes where the settings do not tell. */
    static int classes(DataSettings data) {
        return data.answers().classes().orElse(ofSource(data.source()));
    }

    private static int ofSource(Source source) {
        if (source instanceof Glyphs || source instanceof Cifar10) {
            return 10;
        }
        if (source instanceof Synthetic synthetic) {
            return synthetic.classes();
        } else if (source instanceof SyntheticPool pool) {
            return pool.tasks().classes();
        }
        if (source instanceof Keyboard) {
            return Keyboard.CHARACTERS;
        }
        return source instanceof Csv csv && csv.classes() > 0 ? csv.classes() : Integer.MAX_VALUE;
    }

    private String sourceKind() {
        return reading.kindOf("data.source").orElse("?");
    }

    private String kind() {
        return reading.kindOf("data.partition").orElse("?");
    }
}
