package dev.starling.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drills as processes, with their files in a directory. */
record Drills(Path directory) {

    StarlingProcess drill(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("drill"));
        all.addAll(List.of(arguments));
        return StarlingProcess.start(directory.resolve("drill.log"), ParityFleet.QUICKER, all);
    }

    StarlingProcess start(String name, String... options) throws Exception {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), """
                seed = 3
                data {
                  source { kind = glyphs, train-examples = 2000, test-examples = 200 }
                  partition { kind = shards, per-device = 2 }
                }
                model.network = "mlp(32)"
                local { epochs = 30, batch = 10, learning-rate = 0.05 }
                fleet.devices = 40
                rounds { max = 60, cohort = 20 }
                evaluate-devices = false
                """);
        Path out = directory.resolve("out");
        List<String> all = new ArrayList<>(List.of(
                name, "--scenario", scenario.toString(), "--out", out.toString(), "--pause", "1", "--patience", "120"));
        all.addAll(List.of(options));
        return drill(all.toArray(String[]::new));
    }

    String played(String name, String... options) throws Exception {
        return played(List.of(), name, options);
    }

    /** @param steps that it tells of on its way: each line has as long as a process has */
    String played(List<String> steps, String name, String... options) throws Exception {
        try (StarlingProcess drill = start(name, options)) {
            drill.awaitLine("first the run without any fault");
            drill.awaitLine("model root ");
            for (String step : steps) {
                drill.awaitLine(step);
            }
            drill.awaitLine("model root ");
            return drill.awaitEnd(ExitCode.OK);
        }
    }
}
