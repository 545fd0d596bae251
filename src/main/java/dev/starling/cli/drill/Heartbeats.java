package dev.starling.cli.drill;

import dev.starling.cli.drill.Watched.Figures;
import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What the nodes of a cluster know of each other's heartbeats, asked again and again. */
final class Heartbeats {

    static final long LOOK_MILLIS = 100;

    private final List<Watched> nodes;
    private int looks;
    private int looksUnreachable;
    private int fewest;
    private double longestSilence;

    /** @param nodes all members of the cluster */
    Heartbeats(List<Watched> nodes) {
        this.nodes = List.copyOf(nodes);
        this.fewest = nodes.size();
    }

    /**
     * Asks all nodes.
     *
     * @param ended whether the run has ended: then its process leaves, and what is seen means nothing
     * @return whether it had not
     */
    boolean look(Patience.Condition ended) throws IOException {
        int seen = nodes.size();
        int unreachable = 0;
        double silence = 0;
        for (Watched watched : nodes) {
            try {
                Figures figures = watched.figures();
                seen = Math.min(seen, figures.members());
                unreachable = Math.max(unreachable, figures.unreachable());
                silence = figures.silentSeconds() > silence ? figures.silentSeconds() : silence; // Or NaN.
            } catch (ProcessFailure e) {
                if (!ended.holds()) {
                    throw e;
                }
            }
        }
        if (ended.holds()) {
            return false;
        }
        looks++;
        looksUnreachable += unreachable > 0 ? 1 : 0;
        fewest = Math.min(fewest, seen);
        longestSilence = Math.max(longestSilence, silence);
        return true;
    }

    /** Throws ProcessFailure if a node was given up, or nobody looked. */
    void requireGood() throws IOException {
        for (Watched watched : nodes) {
            watched.process().endedWell(); // Or not at all.
        }
        if (fewest < nodes.size()) {
            throw new ProcessFailure("a node was given up: there were " + fewest + " of " + nodes.size());
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "no answer to a heartbeat for %.1f s at most; a node was seen as unreachable in %d of %d looks, and %s",
                longestSilence,
                looksUnreachable,
                looks,
                fewest < nodes.size() ? "given up" : "never given up");
    }
}
