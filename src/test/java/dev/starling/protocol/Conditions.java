package dev.starling.protocol;

import java.util.SplittableRandom;

/**
 * Under which a run takes place.
 *
 * @param network how messages travel
 * @param nodes of the cluster at the beginning; whoever is killed is replaced
 * @param savingShare see {@link dev.starling.coordinator.SavePace}: infinity saves after every round
 * @param faults how often something goes wrong besides messages
 * @param eventsBetween them, on average
 * @param slownessPerMille how often time passes although something is ready to run
 */
record Conditions(
        Network.Quality network, int nodes, double savingShare, int faults, int eventsBetween, int slownessPerMille) {

    /** Nothing goes wrong. */
    static final Conditions CALM = new Conditions(Network.Quality.PERFECT, 2, Double.POSITIVE_INFINITY, 0, 1, 0);

    private static final double[] SAVING_SHARES = {Double.POSITIVE_INFINITY, 0.02, 1e-9};

    static Conditions drawn(SplittableRandom random) {
        return new Conditions(
                Network.Quality.drawn(random),
                1 + random.nextInt(4),
                SAVING_SHARES[random.nextInt(SAVING_SHARES.length)],
                random.nextInt(12),
                1 + random.nextInt(200),
                random.nextInt(50));
    }
}
