package dev.starling.protocol;

import java.util.SplittableRandom;

/**
 * Under which a run takes place.
 *
 * @param network how messages travel
 * @param nodes of the cluster at the beginning; whoever is killed is replaced
 * @param first which of these coordinates first, from 1: a run may come to a cluster that others have founded
 * @param bothGoOn whether both sides of a cut go on, each with a coordinator, and no lock keeps these apart: as it must not be
 * @param watched whether the coordinator's process has started the other nodes, and takes out at once who dies
 * @param savingShare see {@link dev.starling.coordinator.SavePace}: infinity saves after every round
 * @param faults how often something goes wrong besides messages
 * @param eventsBetween them, on average
 * @param slownessPerMille how often time passes although something is ready to run
 */
record Conditions(
        Network.Quality network,
        int nodes,
        int first,
        boolean bothGoOn,
        boolean watched,
        double savingShare,
        int faults,
        int eventsBetween,
        int slownessPerMille) {

    /** Nothing goes wrong. */
    static final Conditions CALM =
            new Conditions(Network.Quality.PERFECT, 2, 1, false, false, Double.POSITIVE_INFINITY, 0, 1, 0);

    private static final double[] SAVING_SHARES = {Double.POSITIVE_INFINITY, 0.02, 1e-9};

    static Conditions drawn(SplittableRandom random) {
        Network.Quality network = Network.Quality.drawn(random);
        int nodes = 1 + random.nextInt(4);
        return new Conditions(
                network,
                nodes,
                1 + random.nextInt(nodes),
                false,
                random.nextInt(3) == 0,
                SAVING_SHARES[random.nextInt(SAVING_SHARES.length)],
                random.nextInt(12),
                1 + random.nextInt(200),
                random.nextInt(50));
    }

    /** In a cluster that allows what must not be, and is cut often while its run is under way. */
    Conditions withSplitBrain() {
        return new Conditions(
                Network.Quality.PERFECT,
                4,
                1 + first % 4,
                true,
                watched,
                Double.POSITIVE_INFINITY,
                12,
                30,
                slownessPerMille);
    }
}
