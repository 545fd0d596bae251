package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ReplayerSource;
import dev.starling.cli.ScenarioSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code starling models}: what there is to choose from. */
@Command(
        name = "models",
        description = "Looks at the models that a run kept (store.policy): every version of every device.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "STORE is a run's directory, a directory with a store in it, or a JDBC URL.",
            "V is a version: base@17, 42@17, 42 or base (the latest of it), or the first",
            "digits of a model root (at least 6)."
        })
public final class ModelsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run().
    private CommandSpec spec;

    private ModelsCommand() {}

    /** The command with all below it. */
    public static CommandLine line(ScenarioSource scenarios, ReplayerSource replayers, Console console) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ListCommand(replayers, console))
                .addSubcommand(new ShowCommand(replayers, console))
                .addSubcommand(new DiffCommand(replayers, console))
                .addSubcommand(new RecoverCommand(replayers, console))
                .addSubcommand(new AtCommand(replayers, console))
                .addSubcommand(new ForkCommand(replayers, console))
                .addSubcommand(new CostCommand(replayers, console))
                .addSubcommand(new TransferCommand(scenarios, replayers, console))
                .addSubcommand(new FsckCommand(replayers, console))
                .addSubcommand(new GcCommand(replayers, console))
                .addSubcommand(new BackupCommand(scenarios, replayers, console))
                .addSubcommand(new RestoreCommand(replayers, console));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
