package dev.starling.cli.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk of the results is full for a while. */
final class FullDisk implements Drill {

    private static final int BLOCK = 1 << 16;

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String what() {
        return "Fills the disk that the results are on: the run ends with an error and can be resumed. Needs root.";
    }

    @Override
    public void require(DrillSettings settings) {
        Shell.requireRoot(name(), "a small disk in memory");
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Path results = Files.createDirectories(stage.results());
        Shell.run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", results.toString());
        stage.atTheEnd(() -> Shell.attempt("umount", "-l", results.toString()));
        Performer run = stage.run("--threads", "1");
        stage.awaitRounds(run, 3);
        Path filler = results.resolve("filler");
        fill(filler);
        stage.say("the disk is full");
        int code = run.awaitEnd();
        stage.say("the run ended with exit code " + code + ": " + run.lastError());
        if (code == 0) {
            throw new DrillFailure("a run that could not write its results said that all was well");
        }
        Files.delete(filler);
        stage.say("there is room again; the run is resumed");
        stage.resume("--threads", "1").awaitSuccess();
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!Files.exists(file)) {
                throw full;
            }
        }
    }
}
