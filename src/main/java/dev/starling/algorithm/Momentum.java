package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import java.util.List;

/**
 * FedAvgM, server momentum: v ← β v + Δ; w ← w + η v, with v = 0 at first.
 *
 * <p>Hsu, Qi and Brown, "Measuring the effects of non-identical data distribution for federated visual
 * classification", arXiv:1909.06335, 2019 (there Δ has the other sign, v ← β v + Δw; w ← w − v, and η is 1). Not damped by 1 − β: a constant Δ moves w by η Δ ÷ (1 − β) per round in the end.
 */
final class Momentum implements ServerOptimizer {

    private final double learningRate;
    private final double beta;
    private double[] velocity = new double[0];

    Momentum(ServerSettings settings) {
        this.learningRate = settings.learningRate();
        this.beta = settings.momentum();
    }

    @Override
    public Snapshot step(Snapshot base, Delta meanDelta) {
        int count = base.layout().count();
        double[] v = velocity.length == 0 ? new double[count] : velocity;
        Stepping.requireCount("the optimizer's state", v.length, count);
        Snapshot next = Stepping.step(base, meanDelta, (i, delta) -> {
            v[i] = beta * v[i] + delta;
            return learningRate * v[i];
        });
        velocity = v;
        return next;
    }

    @Override
    public OptimizerState state() {
        return velocity.length == 0 ? OptimizerState.of(Server.MOMENTUM) : OptimizerState.of(Server.MOMENTUM, velocity);
    }

    @Override
    public void restore(OptimizerState state) {
        List<double[]> vectors = state.vectorsFor(Server.MOMENTUM, 1);
        velocity = vectors.isEmpty() ? new double[0] : vectors.get(0);
    }
}
