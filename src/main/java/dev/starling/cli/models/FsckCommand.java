package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.sql.FsckReport;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models fsck}: whether a store is what it should be. */
@Command(
        name = "fsck",
        description = "Checks a whole store; exit code 1 if anything is wrong. Changes nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Hashes every object again, follows every reference, head and tag, recovers every version",
            "and verifies its root. Orphans are no damage: the next gc takes them.",
            "",
            "Examples:",
            "  starling models fsck runs/housing-1",
            "  starling models fsck runs/housing-1 --quick     objects and references only"
        })
final class FsckCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--quick", description = "Recovers nothing: objects and references only.")
    private boolean quick;

    FsckCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (OpenStore open = store.openWhole(replayers)) {
            FsckReport report = open.store().fsck(quick, open.replayer());
            print(report, open.trainedAgain(), console.out());
            return report.clean() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static void print(FsckReport report, Optional<String> trained, PrintStream out) {
        report.problems().forEach(out::println);
        if (report.found() > report.problems().size()) {
            out.println(Figures.count(report.found() - report.problems().size()) + " more problems are not listed");
        }
        out.println("objects   " + Figures.count(report.objects()) + ", " + Figures.bytes(report.objectBytes())
                + ", hashed again");
        out.println("versions  " + Figures.count(report.versions())
                + (report.quick()
                        ? ", not recovered"
                        : ", " + Figures.count(report.verified()) + " recovered and verified"));
        trained.ifPresent(what -> out.println("recipes   " + what));
        if (report.recipes() > 0) {
            out.println("recipes   " + Figures.count(report.recipes())
                    + ", not verified: they take a replay where the data is");
        }
        out.println("heads     " + Figures.count(report.heads()));
        out.println(
                "orphans   " + Figures.count(report.orphans()) + " objects, " + Figures.bytes(report.orphanBytes()));
        out.println(report.clean() ? "clean" : Figures.count(report.found()) + " problems");
        out.flush();
    }
}
