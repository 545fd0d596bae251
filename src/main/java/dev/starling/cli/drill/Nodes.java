package dev.starling.cli.drill;

import dev.starling.cli.processes.RunFiles;
import java.io.IOException;
import java.util.List;

/** No fault at all: the same run on more and more nodes. */
final class Nodes implements Drill {

    private static final List<Integer> COUNTS = List.of(1, 2, 3, 5);

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public String what() {
        return "Runs on 1, 2, 3 and 5 JVMs without any fault: all end with the same root.";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        for (int count : COUNTS) {
            String name = "on-" + count;
            stage.run(name, List.of(), List.of("--nodes", String.valueOf(count), "--threads", "1"))
                    .awaitSuccess();
            RunFiles files = new RunFiles(stage.directory().resolve(name));
            stage.requireSame(files);
            stage.say((count == 1 ? "1 JVM: " : count + " JVMs: ") + files.root() + ", the same");
        }
    }

    /** Each run was compared when it ended. */
    @Override
    public void compare(Stage stage) {}
}
