package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;

/** FedAdam: v ← β2 v + (1 − β2) Δ² (Reddi et al., ICLR 2021, algorithm 2). */
final class Adam extends AdaptiveOptimizer {

    private final double beta2;

    Adam(ServerSettings settings) {
        super(settings, settings.momentum());
        this.beta2 = settings.beta2();
    }

    @Override
    double nextSecond(double v, double squared) {
        return beta2 * v + (1 - beta2) * squared;
    }
}
