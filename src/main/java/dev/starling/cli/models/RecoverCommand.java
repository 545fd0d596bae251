package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.store.VersionRecord;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code starling models recover}: a version as a file. */
@Command(
        name = "recover",
        description = "Recovers a version, verifies its root, and writes it as .npz, one array a tensor.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  starling models recover runs/housing-1 42@17 --out phone42.npz",
            "  starling models recover runs/housing-1 base --out base.npz --force"
        })
final class RecoverCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private VersionToFile options = new VersionToFile();

    RecoverCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path out = options.out(".npz");
        try (OpenStore open = options.open(replayers)) {
            write(open, options.find(open), out, console.out());
        }
        return ExitCode.OK;
    }

    /** Recovers {@code record} into {@code file}, and says so. */
    static void write(OpenStore open, VersionRecord record, Path file, PrintStream out) {
        long begun = System.nanoTime();
        Snapshot model = open.recover(record);
        double seconds = (System.nanoTime() - begun) / 1e9;
        NewFile.model(file, model);
        out.println(record.key() + " of run " + open.run() + ": "
                + Figures.count(model.layout().count()) + " values in "
                + model.layout().tensors().size() + " tensors, recovered in " + Figures.duration(seconds));
        open.trainedAgain().ifPresent(out::println);
        out.println("verified, root " + record.root());
        out.println("written to " + file);
        out.flush();
    }
}
