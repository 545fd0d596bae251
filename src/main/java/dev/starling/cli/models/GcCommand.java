package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.sql.GcPreview;
import dev.starling.store.sql.GcReport;
import dev.starling.store.sql.Retention;
import dev.starling.store.sql.Retention.Dependants;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models gc}: retires versions and frees what nobody refers to. */
@Command(
        name = "gc",
        description = "Retires old versions and frees what nothing refers to. Safe while a run writes.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The latest version of each device, tagged versions, and what was written within the grace",
            "period stay in any case. Without --keep and --retire-bases no version goes.",
            "",
            "Examples:",
            "  starling models gc runs/housing-1 --keep 3 --dry-run",
            "  starling models gc runs/housing-1 --keep 3 --compact",
            "  starling models gc runs/housing-1 --retire-bases             deltas against the latest base",
            "  starling models gc runs/housing-1 --retire-bases=materialise on their own"
        })
final class GcCommand implements Callable<Integer> {

    private static final Map<String, Dependants> WAYS =
            Map.of("rebase", Dependants.REBASE, "materialise", Dependants.MATERIALISE);

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--keep", paramLabel = "K", description = "Versions of each device that stay. Default: all.")
    private @Nullable Integer keep;

    @Option(
            names = "--retire-bases",
            paramLabel = "rebase|materialise",
            arity = "0..1",
            fallbackValue = "rebase",
            description = "Only the latest base stays; what refers to others is rebased on it, or gets all its values.")
    private @Nullable String retireBases;

    @Option(
            names = "--grace",
            paramLabel = "D",
            defaultValue = "1h",
            description = "What was written since is left alone: 90min, 2d. Default: ${DEFAULT-VALUE}.")
    private String grace = "1h";

    @Option(names = "--compact", description = "Also gives free space back, if nobody else uses the store.")
    private boolean compact;

    @Option(names = "--dry-run", description = "Says what would go, and changes nothing.")
    private boolean dryRun;

    GcCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        Retention retention = retention();
        try (OpenStore open = store.openWhole(replayers)) {
            if (dryRun) {
                print(open.store().preview(retention));
            } else {
                print(open.store().collect(retention, compact, open.replayer()));
            }
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private Retention retention() {
        long graceMillis = Quantities.duration("--grace", grace);
        if (keep != null && keep < 1) {
            throw new InputException("--keep", "must be at least 1: the latest version always stays, got " + keep);
        }
        int versions = keep == null ? Integer.MAX_VALUE : keep;
        if (retireBases == null) {
            return new Retention(versions, Integer.MAX_VALUE, Dependants.HOLD, graceMillis);
        }
        Dependants way = WAYS.get(retireBases);
        if (way == null) {
            throw new InputException("--retire-bases", "must be rebase or materialise, got " + retireBases);
        }
        return new Retention(versions, 1, way, graceMillis);
    }

    private void print(GcPreview preview) {
        console.out()
                .println("would retire " + Figures.count(preview.retired()) + " of " + Figures.count(preview.versions())
                        + " versions, with " + Figures.bytes(preview.payloadBytes()) + " of payloads");
        console.out()
                .println("would keep " + Figures.count(preview.converted()) + " versions in another form;"
                        + " nothing was changed");
    }

    private void print(GcReport report) {
        console.out()
                .println("retired   " + Figures.count(report.retired()) + " of "
                        + Figures.count(report.versionsBefore()) + " versions");
        console.out()
                .println("converted " + Figures.count(report.converted()) + " versions"
                        + (report.held() == 0
                                ? ""
                                : "; " + Figures.count(report.held()) + " could not be, and what they refer to stays"));
        console.out()
                .println("freed     " + Figures.count(report.objects()) + " objects, " + Figures.count(report.packs())
                        + " packs (" + Figures.count(report.rewritten()) + " rewritten), "
                        + Figures.count(report.documents()) + " layouts and pipelines");
        console.out()
                .println("payloads  " + Figures.bytes(report.bytesBefore()) + " > "
                        + Figures.bytes(report.bytesAfter()));
        console.out()
                .println("on disk   " + Figures.bytes(report.diskBefore()) + " > " + Figures.bytes(report.diskAfter())
                        + (report.compacted()
                                ? ", compacted"
                                : compact
                                        ? "; not compacted, somebody else uses the store"
                                        : "; the database gives space back when it is closed, or with --compact"));
    }
}
