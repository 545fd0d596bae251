package dev.starling.algorithm;

/**
 * Which federated algorithm a scenario runs.
 *
 * @param proximal μ of FedProx; 0 otherwise
 */
public record AlgorithmSettings(Kind kind, double proximal, ServerSettings server) {

    /** The shape of local work. */
    public enum Kind {
        /** One full-batch gradient per device and round. */
        FEDSGD,
        /** Local epochs, weighted mean of deltas (McMahan et al. 2017). */
        FEDAVG,
        /** FedAvg with a proximal term; stragglers report partial work (Li et al. 2020). */
        FEDPROX,
        /** Every step, every device's gradient of one batch; mean over devices; one update. */
        DATA_PARALLEL
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

    /** Kinds of server optimizer. */
    public enum Server {
        SGD,
        MOMENTUM,
        ADAGRAD,
        ADAM,
        YOGI
    }
}
