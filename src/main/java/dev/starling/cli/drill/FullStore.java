package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.store.sql.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The disk of the store, which is not that of the results, is full for a while, whatever the store is writing. */
final class FullStore implements Drill {

    private static final String USER = "starling";

    @Override
    public String name() {
        return "full-store";
    }

    @Override
    public String what() {
        return "Fills the disk that the store is on, for --pause seconds: the run goes on, says that versions wait, and writes them "
                + "then. Needs root.";
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

    private static Path place(Stage stage) {
        return stage.directory().resolve("store");
    }

    private static String url(Stage stage) {
        return "jdbc:h2:file:" + place(stage).resolve("models");
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Disk disk = Disk.inMemory(stage, place(stage));
        Performer run =
                stage.run("--threads", "1", "--set", "store.url=\"" + url(stage) + "\"", "--set", "store.user=" + USER);
        stage.awaitRounds(run, 3);
        disk.fill(0);
        stage.say("the disk of the store is full");
        run.awaitPrinted("store away for ");
        stage.say("the run says: " + run.lastLine("store away for "));
        stage.pause();
        stage.say("the run says: " + run.lastLine("store away for "));
        disk.empty();
        stage.say("there is room again");
        run.awaitSuccess();
    }

    @Override
    public void compare(Stage stage) throws IOException {
        Drill.super.compare(stage);
        Versions.in(StoreSettings.url(url(stage), USER, "")).requireSame(stage);
    }
}
