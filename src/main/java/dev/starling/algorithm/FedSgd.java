package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.LocalSettings;

/**
 * FedSGD: every device takes one step on all its examples (B = ∞, E = 1).
 *
 * <p>McMahan, Moore, Ramage, Hampson and Agüera y Arcas, "Communication-efficient learning of deep networks from
 * decentralized data", AISTATS 2017, section 2: w ← w − η Σ n_k/n g_k, computed in its equivalent form
 * w_k = w − η g_k and w ← Σ n_k/n w_k, which differs by the float32 rounding of w_k only.
 */
record FedSgd(ServerSettings server) implements Algorithm {

    @Override
    public LocalSettings local(LocalSettings scenario) {
        return new LocalSettings(
                1, LocalSettings.FULL_BATCH, scenario.learningRate(), 0, scenario.weightDecay(), 0, false);
    }

    @Override
    public boolean partialWork() {
        return false;
    }

    @Override
    public boolean gradientOnly() {
        return false;
    }

    @Override
    public Weighing weighing() {
        return Weighing.BY_EXAMPLES;
    }

    @Override
    public ServerOptimizer newServerOptimizer() {
        return ServerOptimizer.of(server);
    }
}
