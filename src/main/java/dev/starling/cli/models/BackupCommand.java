package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ReplayerSource;
import dev.starling.cli.ScenarioSource;
import dev.starling.store.StoreException;
import dev.starling.store.VersionRecord;
import dev.starling.store.backup.BackupFile;
import dev.starling.store.backup.DeviceState;
import dev.starling.store.backup.ModelBackup;
import dev.starling.store.backup.Passphrase;
import dev.starling.store.sql.StoreBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling models backup}: one model in one file. */
@Command(
        name = "backup",
        description = "Writes one model into a file: values, lineage and pipeline, verified.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {

    private final ScenarioSource scenarios;
    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "base@17, 42@17, or 42 for the latest version of device 42.")
    private String version = "";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "A new file.")
    private Path out = Path.of("");

    @Option(
            names = "--embed-base",
            description = "Brings the base along, so that the model can be restored where the base is not.")
    private boolean embedBase;

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    BackupCommand(ScenarioSource scenarios, ReplayerSource replayers, Console console) {
        this.scenarios = scenarios;
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<Passphrase> secret = passphrase.read();
        if (Files.exists(out)) {
            throw new InputException("--out", "must be a new file, but " + out + " is there");
        }
        try (OpenStore open = store.open(replayers)) {
            String run = open.run();
            VersionRecord record = VersionReference.find(open, version);
            DeviceState state = state(open, record);
            ModelBackup backup =
                    new StoreBackup(open.store(), run).backup(record.key(), embedBase, open.replayer(), state);
            SecureRandom random = new SecureRandom();
            byte[] bytes = secret.map(known -> BackupFile.encode(backup, known, random::nextBytes))
                    .orElseGet(() -> BackupFile.encode(backup));
            BackupFile.write(out, bytes);
            console.out()
                    .println(record.key() + " of run " + run + ": " + bytes.length + " bytes in " + out
                            + (secret.isPresent() ? ", encrypted" : "") + ", "
                            + against(backup));
            DeviceState written = backup.parts().state();
            console.out()
                    .println(
                            written.isEmpty()
                                    ? "values only: what the device held beside them takes the run's data, which is not here"
                                    : "with " + String.join(", ", written.parts()));
            return ExitCode.OK;
        } catch (StoreException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (IOException e) {
            throw new InputException("--out", "must be a file that can be written, got " + out + " (" + e + ")");
        }
    }

    /** What is known already, or what the run's devices say; none where the run's data is not at hand. */
    private DeviceState state(OpenStore open, VersionRecord record) {
        if (open.store().deviceState(open.run(), record.key()).isPresent()) {
            return DeviceState.NONE;
        }
        try {
            return StateOfDevice.of(open, scenarios, store.place(), record);
        } catch (InputException e) {
            LoggerFactory.getLogger(BackupCommand.class).info("a backup without the device's state", e);
            return DeviceState.NONE;
        }
    }

    private static String against(ModelBackup backup) {
        return backup.manifest()
                .base()
                .map(base -> backup.embeddedBase().isPresent()
                        ? base.key() + " comes along"
                        : "needs " + base.key() + " with root "
                                + base.root().hex().substring(0, 12) + "… to be restored")
                .orElse("needs no base");
    }
}
