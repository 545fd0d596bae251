package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.LocalSettings;

/**
 * Federated averaging: devices train for E local epochs in batches of B; the base moves by the mean of their deltas,
 * weighted by their examples.
 *
 * <p>McMahan, Moore, Ramage, Hampson and Agüera y Arcas, "Communication-efficient learning of deep networks from
 * decentralized data", AISTATS 2017, algorithm 1: w ← Σ n_k/m_t w_k, here w ← w + Σ n_k/m_t (w_k − w), with m_t the
 * examples of the round's reporters.
 */
record FedAvg(ServerSettings server) implements Algorithm {

    @Override
    public LocalSettings local(LocalSettings scenario) {
        return withProximal(scenario, 0);
    }

    static LocalSettings withProximal(LocalSettings local, double proximal) {
        return new LocalSettings(
                local.epochs(),
                local.batchSize(),
                local.learningRate(),
                local.momentum(),
                local.weightDecay(),
                proximal,
                local.shuffle());
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
