package dev.starling.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a further Starling process that runs as this one does. */
public final class JvmCommand {

    /** One log, debugger port or class archive each; and what is printed goes to files, not to this process's terminal. */
    private static final List<String> NOT_INHERITED = List.of(
            "-Dstarling.log=",
            "-Dstarling.terminal=",
            "-Dstarling.locale=",
            "-agentlib:",
            "-XX:ArchiveClassesAtExit=",
            "-Dcom.sun.management.jmxremote");

    private JvmCommand() {}

    /** {@code starling} with {@code arguments}, that logs to {@code log}. */
    public static List<String> of(Path log, List<String> arguments) {
        return of(Main.class, log, arguments);
    }

    static List<String> of(Class<?> main, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(List.of("-Dstarling.log=" + log, "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Those options of this JVM that another one may have too. */
    static List<String> inherited(List<String> options) {
        return options.stream()
                .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
                .toList();
    }
}
