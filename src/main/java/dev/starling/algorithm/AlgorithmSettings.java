package dev.starling.algorithm;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which federated algorithm a scenario runs.
 *
 * @param proximal μ of FedProx; 0 otherwise
 * @param own an algorithm that users wrote, of kind CUSTOM; empty otherwise
 */
public record AlgorithmSettings(Kind kind, double proximal, ServerSettings server, Optional<Algorithm> own) {

    /** One of Starling's own. */
    public AlgorithmSettings(Kind kind, double proximal, ServerSettings server) {
        this(kind, proximal, server, Optional.empty());
    }

    /** All algorithms: the word that chooses each in a scenario, in upper case, and how it is made. */
    @SuppressWarnings("ImmutableEnumChecker") // Constructors have no state.
    public enum Kind {
        /** Local epochs, weighted mean of deltas (McMahan et al. 2017). */
        FEDAVG(settings -> new FedAvg(settings.server())),
        /** One full-batch gradient per device and round. */
        FEDSGD(settings -> new FedSgd(settings.server())),
        /** FedAvg with a proximal term; stragglers report partial work (Li et al. 2020). */
        FEDPROX(settings -> new FedProx(settings.proximal(), settings.server())),
        /** Every step, every device's gradient of one batch; mean over devices; one update. */
        DATA_PARALLEL(settings -> new DataParallel(settings.server())),
        /** A class that users wrote. */
        CUSTOM(settings -> settings.own().orElseThrow());

        private final Function<AlgorithmSettings, Algorithm> made;

        Kind(Function<AlgorithmSettings, Algorithm> made) {
            this.made = made;
        }

        Algorithm make(AlgorithmSettings settings) {
            return made.apply(settings);
        }
    }

    /**
     * The server optimizer.
     *
     * @param learningRate server learning rate η, positive
     * @param momentum β of FedAvgM, or β1 of Adam and Yogi
     * @param beta2 second-moment decay of Adam and Yogi
     * @param tau degree of adaptivity τ of Adagrad, Adam and Yogi, positive
     */
    public record ServerSettings(Server kind, double learningRate, double momentum, double beta2, double tau) {

        /** The base moves by the mean delta. */
        public static final ServerSettings AVERAGING = new ServerSettings(Server.SGD, 1, 0, 0, 1);
    }

    /** All server optimizers: the word of each in upper case, how it is made, and its settings besides the rate. */
    @SuppressWarnings("ImmutableEnumChecker") // Constructors have no state, and the sets cannot be changed.
    public enum Server {
        SGD(Sgd::new),
        MOMENTUM(Momentum::new, "momentum"),
        ADAGRAD(Adagrad::new, "tau"),
        ADAM(Adam::new, "momentum", "beta2", "tau"),
        YOGI(Yogi::new, "momentum", "beta2", "tau");

        private final Function<ServerSettings, ServerOptimizer> made;
        private final Set<String> settings;

        Server(Function<ServerSettings, ServerOptimizer> made, String... settings) {
            this.made = made;
            this.settings = Set.of(settings);
        }

        ServerOptimizer make(ServerSettings of) {
            return made.apply(of);
        }

        /** Whether {@code setting} of {@code algorithm.server} applies: momentum, beta2 or tau. */
        public boolean uses(String setting) {
            return settings.contains(setting);
        }
    }
}
