package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import java.util.Arrays;
import java.util.List;

/**
 * What Adagrad, Adam and Yogi share: m ← β1 m + (1 − β1) Δ; v as each of them says; w ← w + η m ÷ (√v + τ).
 *
 * <p>Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar and McMahan, "Adaptive federated optimization", ICLR 2021,
 * algorithm 2. As there: no bias correction, and τ outside of the root. The algorithm leaves the first v open
 * (v ≥ τ²) and is silent on the first m; here v starts at τ², the least it allows, and m at 0.
 */
abstract sealed class AdaptiveOptimizer implements ServerOptimizer permits Adagrad, Adam, Yogi {

    private final Server kind;
    private final double learningRate;
    private final double beta1;
    private final double tau;
    private double[] first = new double[0];
    private double[] second = new double[0];

    AdaptiveOptimizer(ServerSettings settings, double beta1) {
        this.kind = settings.kind();
        this.learningRate = settings.learningRate();
        this.beta1 = beta1;
        this.tau = settings.tau();
    }

    /** The second moment that follows {@code v} when the square of the delta is {@code squared}. */
    abstract double nextSecond(double v, double squared);

    @Override
    public final Snapshot step(Snapshot base, Delta meanDelta) {
        int count = base.layout().count();
        if (first.length == 0) {
            first = new double[count];
            second = new double[count];
            Arrays.fill(second, tau * tau);
        }
        Stepping.requireCount("the optimizer's state", first.length, count);
        return Stepping.step(base, meanDelta, (i, delta) -> {
            first[i] = beta1 * first[i] + (1 - beta1) * delta;
            second[i] = nextSecond(second[i], delta * delta);
            return learningRate * first[i] / (Math.sqrt(second[i]) + tau);
        });
    }

    @Override
    public final OptimizerState state() {
        return first.length == 0 ? OptimizerState.of(kind) : OptimizerState.of(kind, first, second);
    }

    @Override
    public final void restore(OptimizerState state) {
        List<double[]> vectors = state.vectorsFor(kind, 2);
        first = vectors.isEmpty() ? new double[0] : vectors.get(0);
        second = vectors.isEmpty() ? new double[0] : vectors.get(1);
    }
}
