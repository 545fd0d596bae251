package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.LocalSettings;

/**
 * FedAvg for unequal devices: a proximal term holds local training near the base, and a device that is too slow
 * reports the steps it managed instead of nothing.
 *
 * <p>Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith, "Federated optimization in heterogeneous networks", MLSys 2020,
 * algorithm 2: a device approximately minimises h_k(w; w_t) = F_k(w) + μ/2 ‖w − w_t‖² (equation 2), whose gradient is
 * ∇F_k(w) + μ (w − w_t). The paper samples devices by their examples and averages
 * them equally; here, as in FedAvg, they are sampled uniformly and weighed by their examples.
 *
 * @param proximal μ ≥ 0; 0 leaves FedAvg with partial work
 */
record FedProx(double proximal, ServerSettings server) implements Algorithm {

    @Override
    public LocalSettings local(LocalSettings scenario) {
        return FedAvg.withProximal(scenario, proximal);
    }

    @Override
    public boolean partialWork() {
        return true;
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
