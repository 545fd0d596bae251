package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.LocalSettings;

/**
 * Synchronous data-parallel SGD: every step, every device computes the gradient of one batch; gradients and losses
 * are averaged over devices (sum ÷ devices), and every replica takes the same step.
 *
 * <p>Chen, Pan, Monga, Bengio and Jozefowicz, "Revisiting distributed synchronous SGD", ICLR 2016 workshop track, the
 * synchronous algorithm without backup workers: w ← w − η · 1/K Σ g_k. With equal batches this is SGD on one batch K
 * times as large. Momentum belongs to the server optimizer, as there is one update.
 */
record DataParallel(ServerSettings server) implements Algorithm {

    @Override
    public LocalSettings local(LocalSettings scenario) {
        return new LocalSettings(
                1, scenario.batchSize(), scenario.learningRate(), 0, scenario.weightDecay(), 0, scenario.shuffle());
    }

    @Override
    public boolean partialWork() {
        return false;
    }

    @Override
    public boolean gradientOnly() {
        return true;
    }

    @Override
    public Weighing weighing() {
        return Weighing.EQUAL;
    }

    @Override
    public ServerOptimizer newServerOptimizer() {
        return ServerOptimizer.of(server);
    }
}
