package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.store.sql.StoreSettings;
import java.io.IOException;
import java.util.List;

/** Whoever writes to the disk of the results has to wait, for a while. */
final class SlowDisk implements Drill {

    @Override
    public String name() {
        return "slow-disk";
    }

    @Override
    public String what() {
        return "For --pause seconds the disk of the results and the store takes what is written only every two seconds: the "
                + "run gets slower. Needs root.";
    }

    @Override
    public List<String> overrides() {
        return List.of("store.policy=delta");
    }

    @Override
    public void require(DrillSettings settings) {
        Shell.requireRoot(name(), "a disk of its own");
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Disk disk = Disk.inFile(stage, stage.results());
        Performer run = stage.run("--nodes", "2", "--threads", "1");
        stage.awaitRounds(run, 3);
        int before = stage.files().rounds();
        stage.say("the disk is slow, for " + stage.settings().pause().toSeconds() + " s");
        long start = System.nanoTime();
        disk.slowUntil(() -> {
            run.requireAlive();
            return System.nanoTime() - start > stage.settings().pause().toNanos()
                    || stage.files().ended();
        });
        stage.say(
                (stage.files().rounds() - before) + " rounds were committed meanwhile; the disk is as fast as before");
        run.awaitSuccess();
    }

    @Override
    public void compare(Stage stage) throws IOException {
        Drill.super.compare(stage);
        Versions.in(StoreSettings.directory(stage.results().resolve("store"))).requireSame(stage);
    }
}
