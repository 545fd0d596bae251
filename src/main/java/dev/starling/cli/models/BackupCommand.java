package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.ReplayerSource;
import dev.starling.store.StoreException;
import dev.starling.store.VersionRecord;
import dev.starling.store.backup.BackupFile;
import dev.starling.store.backup.ModelBackup;
import dev.starling.store.backup.Passphrase;
import dev.starling.store.sql.StoreBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    BackupCommand(ReplayerSource replayers, Console console) {
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
            ModelBackup backup = new StoreBackup(open.store(), run).backup(record.key(), embedBase, open.replayer());
            SecureRandom random = new SecureRandom();
            byte[] bytes = secret.map(known -> BackupFile.encode(backup, known, random::nextBytes))
                    .orElseGet(() -> BackupFile.encode(backup));
            BackupFile.write(out, bytes);
            console.out()
                    .println(record.key() + " of run " + run + ": " + bytes.length + " bytes in " + out
                            + (secret.isPresent() ? ", encrypted" : "") + ", "
                            + against(backup));
            return ExitCode.OK;
        } catch (StoreException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (IOException e) {
            throw new InputException("--out", "must be a file that can be written, got " + out + " (" + e + ")");
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
