package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.StoreException;
import dev.starling.store.VersionKey;
import dev.starling.store.backup.BackupFile;
import dev.starling.store.backup.BackupLimits;
import dev.starling.store.backup.BackupRefusedException;
import dev.starling.store.backup.DeviceState;
import dev.starling.store.backup.ModelBackup;
import dev.starling.store.sql.StoreBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling models restore}: a backup becomes a device's model again, or nothing changes. */
@Command(
        name = "restore",
        description = "Brings a model back from its file, verified before anything is written.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "1", paramLabel = "FILE", description = "What backup wrote.")
    private Path file = Path.of("");

    @Option(names = "--device", paramLabel = "ID", description = "Restores onto this device instead of its own.")
    private @Nullable Integer device;

    @Option(names = "--force", description = "Also where the device has a model: this one becomes its latest.")
    private boolean force;

    @Option(names = "--dry-run", description = "Says what would be done, and checks everything, but writes nothing.")
    private boolean dryRun;

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    RestoreCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (device != null && (device < 0 || device > VersionKey.MAX_OWNER)) {
            throw new InputException("--device", "must be 0 to " + VersionKey.MAX_OWNER + ", got " + device);
        }
        try {
            byte[] bytes = BackupFile.read(file, BackupLimits.USUAL);
            ModelBackup backup = BackupFile.decode(bytes, passphrase.read(), BackupLimits.USUAL);
            return restore(backup);
        } catch (BackupRefusedException e) {
            throw new InputException(file.toString(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (IOException e) {
            throw new InputException(file.toString(), "the backup cannot be read (" + e + ")");
        }
    }

    private int restore(ModelBackup backup) {
        try (OpenStore open = store.open(replayers)) {
            String run = open.run();
            StoreBackup backups = new StoreBackup(open.store(), run);
            StoreBackup.Restore plan = backups.plan(backup, Optional.ofNullable(device), force, open.replayer());
            if (!dryRun) {
                backups.install(plan);
            }
            String what =
                    backup.manifest().key() + " of run " + backup.manifest().run();
            if (plan.written().isEmpty()) {
                console.out().println(what + " is there already, as " + plan.key() + " of run " + run);
            } else {
                console.out()
                        .println(what + (dryRun ? " would be restored as " : " is restored as ") + plan.key()
                                + " of run " + run + ", root "
                                + backup.manifest().root());
            }
            DeviceState state = backup.parts().state();
            if (!plan.written().isEmpty() && !state.isEmpty()) {
                console.out().println("with " + String.join(", ", state.parts()));
            }
            return ExitCode.OK;
        }
    }
}
