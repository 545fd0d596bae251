package dev.starling.protocol;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
        return play(seed, written, drawn -> drawn);
    }

    /** @param changed what becomes of the conditions that the seed draws */
    Simulation.Ending play(long seed, boolean written, UnaryOperator<Conditions> changed) {
        SmallRun run = run(seed);
        Expected end = expected.computeIfAbsent(run, simulation::undisturbed);
        return simulation.disturbed(run, end, seed, written, changed);
    }

    @Override
    public void close() throws IOException {
        simulation.close();
    }
}
