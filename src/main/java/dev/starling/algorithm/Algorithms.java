package dev.starling.algorithm;

/** All algorithms by their settings. */
public final class Algorithms {

    private Algorithms() {}

    /** The algorithm that {@code settings} ask for. */
    public static Algorithm of(AlgorithmSettings settings) {
        return switch (settings.kind()) {
            case FEDSGD -> new FedSgd(settings.server());
            case FEDAVG -> new FedAvg(settings.server());
            case FEDPROX -> new FedProx(settings.proximal(), settings.server());
            case DATA_PARALLEL -> new DataParallel(settings.server());
        };
    }
}
