package dev.starling.cli.models;

import com.typesafe.config.ConfigUtil;
import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.store.VersionRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code starling models fork}: a scenario that starts from a version. */
@Command(
        name = "fork",
        description = "Writes a scenario that starts a run from a version, and the version beside it as .npz.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The scenario includes the run's own scenario.conf: it is the same run, from another model.",
            "Change it as any scenario, in the file or with --set.",
            "",
            "Examples:",
            "  starling models fork runs/housing-1 42@17 --out from42.conf",
            "  starling run from42.conf --set rounds.max=20"
        })
final class ForkCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private VersionToFile options = new VersionToFile();

    ForkCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path out = options.out(".conf");
        String name = String.valueOf(out.getFileName()).replaceFirst("\\.conf$", "");
        Path model = options.beside(name + ".npz");
        try (OpenStore open = options.open(replayers)) {
            Path results = open.results()
                    .orElseThrow(
                            () -> new InputException(
                                    options.place(),
                                    "a fork needs the run's scenario.conf; give the run's directory, or name it with --results"));
            VersionRecord record = options.find(open);
            Snapshot values = open.recover(record);
            NewFile.model(model, values);
            NewFile.text(out, scenario(open.run(), record, results, model));
            console.out()
                    .println(record.key() + " of run " + open.run() + " is in " + model + ", root " + record.root());
            console.out().println("start from it with:  ./starling run " + out);
            console.out().flush();
        }
        return ExitCode.OK;
    }

    /** Absolute paths: relative ones would be looked for among the data. */
    private static String scenario(String run, VersionRecord record, Path results, Path model) {
        Path origin = results.resolve(StoreAddress.SCENARIO).toAbsolutePath().normalize();
        String key = record.key().toString().replace('@', '-');
        return "# Run " + run + ", started from its version " + record.key() + ".\n"
                + "# root " + record.root() + "\n"
                + "include required(file(" + ConfigUtil.quoteString(origin.toString()) + "))\n\n"
                + "name = " + ConfigUtil.quoteString((run + "-from-" + key).replaceAll("[^A-Za-z0-9._-]+", "-")) + "\n"
                // The run's own scenario.conf states how its first base was drawn.
                + "model.init = null\nmodel.init-from = "
                + ConfigUtil.quoteString(model.toAbsolutePath().normalize().toString()) + "\n"
                + "pre-training.epochs = 0\n";
    }
}
