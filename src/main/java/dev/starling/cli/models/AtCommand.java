package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models at}: what a device held at some time. */
@Command(
        name = "at",
        description = "Shows the version that a device held after a round; with --out recovers it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  starling models at runs/housing-1 --device 42 --round 17",
            "  starling models at runs/housing-1 --device 42 --round 17 --out then.npz"
        })
final class AtCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--device", paramLabel = "D", required = true, description = "The device.")
    private int device;

    @Option(names = "--round", paramLabel = "R", required = true, description = "The round.")
    private int round;

    @Option(names = "--out", paramLabel = "F.npz", description = "Also recovers it into this file.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    AtCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        requireWithin("--device", device, VersionKey.MAX_OWNER);
        requireWithin("--round", round, VersionKey.MAX_SEQUENCE);
        if (out != null) {
            NewFile.require(out, ".npz", force);
        }
        try (OpenStore open = store.open(replayers)) {
            VersionRecord held = open.store()
                    .at(open.run(), device, round)
                    .orElseThrow(() -> new InputException(
                            "--device",
                            "device " + device + " had no version of its own after round " + round + " in run "
                                    + open.run()));
            console.out().println("after round " + round + ", device " + device + " held " + held.key());
            Lineage.tree(
                            Lineage.of(open, held),
                            console.terminal().rewritable()
                                    && console.terminal().unicode())
                    .forEach(console.out()::println);
            if (out != null) {
                RecoverCommand.write(open, held, out, console.out());
            }
            console.out().flush();
        }
        return ExitCode.OK;
    }

    private static void requireWithin(String option, int value, int most) {
        if (value < 0 || value > most) {
            throw new InputException(option, "must be 0 to " + most + ", got " + value);
        }
    }
}
