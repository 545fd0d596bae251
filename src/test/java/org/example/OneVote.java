package org.example;

import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.algorithm.ServerOptimizer;
import dev.starling.algorithm.Weighing;
import dev.starling.model.LocalSettings;

/** FedAvg in which every device has one vote. */
public record OneVote(ServerSettings server) implements Algorithm {

    @Override
    public LocalSettings local(LocalSettings scenario) {
        return scenario;
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
        return Weighing.EQUAL;
    }

    @Override
    public ServerOptimizer newServerOptimizer() {
        return ServerOptimizer.of(server);
    }
}
