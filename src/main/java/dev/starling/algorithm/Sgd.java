package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;

/**
 * w ← w + η Δ. With η = 1 this is the averaging of FedAvg; other η are FedOpt with server SGD.
 *
 * <p>Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar and McMahan, "Adaptive federated optimization", ICLR 2021,
 * algorithm 1.
 */
final class Sgd implements ServerOptimizer {

    private final double learningRate;

    Sgd(ServerSettings settings) {
        this.learningRate = settings.learningRate();
    }

    @Override
    public Snapshot step(Snapshot base, Delta meanDelta) {
        return Stepping.step(base, meanDelta, (index, delta) -> learningRate * delta);
    }

    @Override
    public OptimizerState state() {
        return OptimizerState.of(Server.SGD);
    }

    @Override
    public void restore(OptimizerState state) {
        state.vectorsFor(Server.SGD, 0);
    }
}
