package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.store.backup.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A passphrase comes from a file: a command line can be read by everybody on the machine. */
final class PassphraseOption {

    private static final int MOST_BYTES = 4_096;

    @Option(
            names = "--passphrase-file",
            paramLabel = "F",
            description = "Encrypts, or decrypts, with the first line of this file.")
    private @Nullable Path file;

    Optional<Passphrase> read() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InputException(file.toString(), "a passphrase's file must have at most 4096 bytes");
            }
            String line = Files.readString(file).lines().findFirst().orElse("");
            if (line.isEmpty()) {
                throw new InputException(file.toString(), "its first line must be the passphrase, it is empty");
            }
            return Optional.of(Passphrase.of(line));
        } catch (IOException e) {
            throw new InputException(file.toString(), "the passphrase cannot be read (" + e.getMessage() + ")");
        }
    }
}
