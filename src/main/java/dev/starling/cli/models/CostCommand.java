package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.Choice;
import dev.starling.store.FormCost;
import dev.starling.store.Rates;
import dev.starling.store.StoragePolicy.Mode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models cost}: what other policies would cost. */
@Command(
        name = "cost",
        description = "What keeping all versions of a run as snapshots, deltas, replays or by auto would cost.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A sample of the run's personal versions is encoded in each form, saved in a store in the",
            "temporary directory, and recovered from it; what comes of it is scaled to all versions.",
            "J = storage + upload + expected recoveries + device work, in seconds: see store in",
            "scenario-reference.conf.",
            "",
            "Examples:",
            "  starling models cost runs/housing-1",
            "  starling models cost runs/housing-1 --seconds-per-gigabyte 100000 --recoveries 1",
            "  starling models cost runs/housing-1 --explain 42@17"
        })
final class CostCommand implements Callable<Integer> {

    private static final int MOST = 5_000;

    private static final String NO_REPLAYS =
            "replays are left out: the run's data is not here, or its recipes do not give"
                    + " the same bits (--examples-per-second prices them)";

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CostOptions options = new CostOptions();

    @Option(names = "--sample", paramLabel = "N", description = "Versions of the sample. Default: 200.")
    private int versions = 200;

    @Option(names = "--seed", paramLabel = "N", description = "Of the sample's draw. Default: 0.")
    private long seed;

    @Option(
            names = "--examples-per-second",
            paramLabel = "X",
            description = "Prices replays of a run whose data is not here; they are not measured then.")
    private @Nullable Double examplesPerSecond;

    @Option(
            names = "--explain",
            paramLabel = "V",
            description = "Only says what each form of version V costs, and which auto would choose.")
    private @Nullable String explained;

    CostCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (versions < 1 || versions > MOST) {
            throw new InputException("--sample", "must be 1 to " + MOST + ", got " + versions);
        }
        if (examplesPerSecond != null && !(examplesPerSecond > 0)) {
            throw new InputException("--examples-per-second", "must be above 0, got " + examplesPerSecond);
        }
        options.policy(Mode.AUTO);
        try (OpenStore open = store.open(replayers);
                CostTrial trial = new CostTrial()) {
            CostSample drawn = CostSample.draw(open, versions, seed);
            Optional<Double> training = open.replayer().flatMap(found -> ReplayRate.measure(drawn, found));
            CostSample sample =
                    explained == null ? drawn : CostSample.one(open, VersionReference.find(open, explained));
            boolean measured = training.isPresent();
            if (training.isEmpty() && examplesPerSecond != null) {
                training = Optional.of(1 / examplesPerSecond);
            }
            Rates rates = trial.rates(sample, training);
            CostTable table = new CostTable(
                    sample,
                    options::policy,
                    rates,
                    training.isPresent(),
                    measured ? open.replayer() : Optional.empty(),
                    trial);
            if (explained != null) {
                explain(sample.drawn().get(0), rates, training.isPresent(), table);
                return ExitCode.OK;
            }
            print(open, sample, rates, training.isPresent(), table);
        }
        return ExitCode.OK;
    }

    private void print(OpenStore open, CostSample sample, Rates rates, boolean replays, CostTable costs) {
        PrintStream out = console.out();
        out.println("run " + open.run() + ": " + Figures.count(sample.personal()) + " personal versions of "
                + Figures.bytes((double) sample.drawn().get(0).model().layout().bytes()) + ", "
                + Figures.count(sample.bases()) + " bases; sample of "
                + Figures.count(sample.drawn().size())
                + (sample.skipped() > 0 ? ", " + sample.skipped() + " more cannot be had here" : ""));
        out.println(rates(rates, replays));
        out.println();
        TextTable table = new TextTable(
                "policy",
                ">bytes",
                ">per version",
                ">recovery",
                ">measured",
                ">J",
                ">measured J",
                "forms in the sample");
        List<CostRow> rows = costs.rows();
        for (CostRow row : rows) {
            table.row(
                    row.policy(),
                    Figures.bytes(row.bytes()),
                    Figures.bytes(row.bytes() / sample.personal()),
                    time(row.predictedSeconds()),
                    row.measuredSeconds().map(CostCommand::time).orElse("-"),
                    cost(row.predictedCost()),
                    row.measuredCost().map(CostCommand::cost).orElse("-"),
                    row.forms());
        }
        table.print(out);
        rows.stream()
                .filter(row -> row.dataBytes() > 0)
                .forEach(row -> out.println(row.policy() + ": " + Figures.bytes(row.dataBytes())
                        + " of its bytes are devices' examples, stored and uploaded by consent (data.consent)"));
        if (!replays) {
            out.println(NO_REPLAYS);
        }
        out.println();
        CostSample.Drawn first = sample.drawn().get(0);
        out.println("auto, for " + first.record().key() + ": "
                + costs.choice(first, Mode.AUTO).line());
        out.flush();
    }

    /** Each form with its terms; what is excluded, why. */
    private void explain(CostSample.Drawn drawn, Rates rates, boolean replays, CostTable costs) {
        PrintStream out = console.out();
        out.println(drawn.record().key() + ", kept as " + drawn.record().form().label() + "; " + rates(rates, replays));
        Choice choice = costs.choice(drawn, Mode.AUTO);
        TextTable table = new TextTable(
                "form", ">bytes", ">chain", ">a recovery", ">storage", ">upload", ">recovery", ">device", ">J", "");
        for (FormCost form : choice.considered()) {
            table.row(
                    form.form().label(),
                    Figures.bytes((double) form.bytes()),
                    String.valueOf(form.chain()),
                    time(form.recoverSeconds()),
                    cost(form.storage()),
                    cost(form.upload()),
                    cost(form.recovery()),
                    cost(form.device()),
                    cost(form.total()),
                    form.equals(choice.chosen())
                            ? "auto chooses this"
                            : form.excluded().orElse(""));
        }
        table.print(out);
        if (!replays) {
            out.println(NO_REPLAYS);
        }
        out.flush();
    }

    private static String rates(Rates rates, boolean replays) {
        return "rates, measured here: encode " + Figures.bytes(rates.encodeBytesPerSecond()) + "/s, decode and verify "
                + Figures.bytes(rates.decodeBytesPerSecond()) + "/s, store "
                + Figures.bytes(rates.storeBytesPerSecond())
                + "/s and " + time(rates.secondsPerRead()) + " a read"
                + (replays ? ", training " + Figures.rate(rates.trainingExamplesPerSecond()) + " examples/s" : "");
    }

    private static String time(double seconds) {
        return seconds < 1 ? String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds) : Figures.duration(seconds);
    }

    private static String cost(double seconds) {
        return String.format(Locale.ROOT, "%.4g s", seconds);
    }
}
