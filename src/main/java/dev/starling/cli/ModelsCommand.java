package dev.starling.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code starling models}: what can be done with the models that a run kept. */
@Command(
        name = "models",
        description = "Backs models of a run up, and restores them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run().
    private CommandSpec spec;

    private ModelsCommand() {}

    /** The command with all below it. */
    static CommandLine line(Console console) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new BackupCommand(console))
                .addSubcommand(new RestoreCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
