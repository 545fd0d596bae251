package dev.starling.protocol;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays seeds, each with the run that it falls to. For one thread. */
final class Player implements AutoCloseable {

    private final Simulation simulation = new Simulation();
    private final List<SmallRun> runs;
    private final Map<SmallRun, Expected> expected = new HashMap<>();

    Player(List<SmallRun> runs) {
        this.runs = List.copyOf(runs);
    }

    SmallRun run(long seed) {
        return runs.get((int) Math.floorMod(seed, (long) runs.size()));
    }

    /** @param written whether the story is wanted */
    Simulation.Ending play(long seed, boolean written) {
        SmallRun run = run(seed);
        return simulation.disturbed(run, expected.computeIfAbsent(run, simulation::undisturbed), seed, written);
    }

    @Override
    public void close() throws IOException {
        simulation.close();
    }
}
