package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelDiff;
import dev.starling.store.ModelTree;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelineDiff;
import dev.starling.store.PipelineTree;
import dev.starling.store.TensorChange;
import dev.starling.store.VersionRecord;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code starling models diff}: what changed from one version to another. */
@Command(
        name = "diff",
        description = "Compares two versions: which tensors changed, by how much, and how they were made.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Both models are hashed as trees, and compared from the roots down: where hashes agree,",
            "nothing below is looked at.",
            "",
            "Examples:",
            "  starling models diff runs/housing-1 base@17 42@17     what device 42 learnt",
            "  starling models diff runs/housing-1 42 43             two personal models"
        })
final class DiffCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "1", paramLabel = "A", description = "The version before.")
    private String before = "";

    @Parameters(index = "2", paramLabel = "B", description = "The version after.")
    private String after = "";

    DiffCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (OpenStore open = store.open(replayers)) {
            VersionRecord left = VersionReference.find(open, before);
            VersionRecord right = VersionReference.find(open, after);
            PrintStream out = console.out();
            out.println(left.key() + " > " + right.key() + " of run " + open.run());
            values(open, left, right, out);
            out.println();
            pipelines(open, left, right, out);
            out.flush();
        }
        return ExitCode.OK;
    }

    private static void values(OpenStore open, VersionRecord left, VersionRecord right, PrintStream out) {
        if (left.root().equals(right.root())) {
            out.println("the models are the same: their roots are equal, 1 pair of hashes compared");
            return;
        }
        Snapshot was = open.recover(left);
        Snapshot is = open.recover(right);
        ModelTree tree = ModelTree.of(is);
        ModelDiff diff = ModelTree.diff(ModelTree.of(was), tree);
        TextTable table =
                new TextTable("tensor", "shape", ">changed", ">of", ">L2 norm", ">largest change", ">sign flips");
        for (TensorChange change : diff.changes()) {
            if (change.kind() == TensorChange.Kind.CHANGED) {
                TensorDifference difference = TensorDifference.of(change, was, is);
                table.row(
                        change.name(),
                        ShowCommand.shape(change.after()),
                        Figures.count(difference.changed()),
                        Figures.count(difference.count()),
                        number(difference.norm()),
                        number(difference.largest()),
                        Figures.count(difference.signFlips()));
            } else {
                String kind = change.kind().name().toLowerCase(Locale.ROOT);
                boolean removed = change.kind() == TensorChange.Kind.REMOVED;
                String shape = ShowCommand.shape(removed ? change.before() : change.after());
                table.row(change.name(), shape, kind, "-", "-", "-", "-");
            }
        }
        table.print(out);
        out.println(diff.changes().size() + " of "
                + Math.max(was.layout().tensors().size(), is.layout().tensors().size())
                + " tensors changed; " + Figures.count(diff.compared()) + " pairs of hashes compared, of "
                + Figures.count(tree.hashes()) + " in a model's tree");
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : String.valueOf(value);
    }

    private static void pipelines(OpenStore open, VersionRecord left, VersionRecord right, PrintStream out) {
        if (left.pipeline().isPresent() && left.pipeline().equals(right.pipeline())) {
            out.println("the pipelines are the same");
            return;
        }
        Optional<Pipeline> was = pipeline(open, left);
        Optional<Pipeline> is = pipeline(open, right);
        if (was.isEmpty() || is.isEmpty()) {
            VersionRecord lacking = was.isEmpty() ? left : right;
            out.println("pipelines are not compared: none is recorded for " + lacking.key());
            return;
        }
        PipelineDiff diff = PipelineTree.diff(PipelineTree.of(was.get()), PipelineTree.of(is.get()));
        out.println("pipeline:");
        diff.text().lines().forEach(line -> out.println("  " + line));
    }

    private static Optional<Pipeline> pipeline(OpenStore open, VersionRecord version) {
        return version.pipeline().flatMap(open.store()::pipeline);
    }
}
