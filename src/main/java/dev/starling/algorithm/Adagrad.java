package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;

/**
 * FedAdagrad: v ← v + Δ² (Reddi et al., ICLR 2021, algorithm 2), with β1 = 0 as in the paper's experiments, so that
 * m = Δ.
 */
final class Adagrad extends AdaptiveOptimizer {

    Adagrad(ServerSettings settings) {
        super(settings, 0);
    }

    @Override
    double nextSecond(double v, double squared) {
        return v + squared;
    }
}
