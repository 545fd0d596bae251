package dev.starling.protocol;

import java.util.Map;
import java.util.TreeMap;

/** What happened in many simulations. May be added to by several threads. */
final class Troubles {

    private final Map<String, Integer> times = new TreeMap<>();
    private final Map<String, Integer> seeds = new TreeMap<>();
    private int played;
    private int resumed;
    private int cut;

    synchronized void add(Simulation.Ending ending) {
        played++;
        resumed += ending.sessions() - 1;
        ending.counts().forEach((what, often) -> {
            times.merge(what, often, Integer::sum);
            seeds.merge(what, 1, Integer::sum);
        });
        if (ending.counts().containsKey("split") || ending.counts().containsKey("one-way")) {
            cut++;
        }
    }

    /** How often something happened. */
    synchronized int times(String what) {
        return times.getOrDefault(what, 0);
    }

    /** In how many simulations it happened. */
    synchronized int seeds(String what) {
        return seeds.getOrDefault(what, 0);
    }

    /** How many coordinators went on from what another had left. */
    synchronized int resumed() {
        return resumed;
    }

    @Override
    public synchronized String toString() {
        return ("%,d seeds: nodes were killed in %,d, and took those left with them in %,d; the network was cut between two sides in %,d (both ways in %,d, one way in"
                        + " %,d), healed in time in %,d, cost a side its nodes in %,d, cut off a coordinator in %,d, and rounds"
                        + " were committed meanwhile in %,d;"
                        + " %,d coordinators went on from another's journal")
                .formatted(
                        played,
                        seeds("kill"),
                        seeds("end-all"),
                        cut,
                        seeds("split"),
                        seeds("one-way"),
                        seeds("heal"),
                        seeds("exit"),
                        seeds("cut-off"),
                        seeds("commit-cut"),
                        resumed);
    }
}
