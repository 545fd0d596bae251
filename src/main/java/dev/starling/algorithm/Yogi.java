package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;

/**
 * FedYogi: v ← v − (1 − β2) Δ² sign(v − Δ²) (Reddi et al., ICLR 2021, algorithm 2): v moves by Δ², not by its own
 * size, so it forgets large deltas more slowly than Adam.
 */
final class Yogi extends AdaptiveOptimizer {

    private final double beta2;

    Yogi(ServerSettings settings) {
        super(settings, settings.momentum());
        this.beta2 = settings.beta2();
    }

    @Override
    double nextSecond(double v, double squared) {
        return v - (1 - beta2) * squared * Math.signum(v - squared);
    }
}
