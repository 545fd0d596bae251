package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import dev.starling.store.sql.StoreSettings;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** The disk of the results, and of the store beside them, is full for a while. */
final class FullDisk implements Drill {

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String what() {
        return "Fills the disk that the results and the store are on: the run ends with an error and can be resumed. Needs "
                + "root.";
    }

    @Override
    public List<String> overrides() {
        return List.of("store.policy=delta");
    }

    @Override
    public OptionalInt rounds() {
        return OptionalInt.of(60);
    }

    @Override
    public void require(DrillSettings settings) {
        Shell.requireRoot(name(), "a small disk in memory");
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Disk disk = Disk.inMemory(stage, stage.results());
        Performer run = stage.run("--threads", "1");
        stage.awaitRounds(run, 3);
        disk.fill(0);
        stage.say("the disk is full");
        int code = run.awaitEnd();
        stage.say("the run ended with exit code " + code + ": " + run.lastError());
        if (code == 0) {
            throw new ProcessFailure("a run that could not write its results said that all was well");
        }
        disk.empty();
        stage.say("there is room again; the run is resumed");
        stage.resume("--threads", "1").awaitSuccess();
    }

    @Override
    public void compare(Stage stage) throws IOException {
        Drill.super.compare(stage);
        Versions.in(StoreSettings.directory(stage.results().resolve("store"))).requireSame(stage);
    }
}
