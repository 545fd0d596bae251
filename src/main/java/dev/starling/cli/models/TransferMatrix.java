package dev.starling.cli.models;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well the model of each device does on the held-out data of each other. A model is feasible at a device if it does there
 * nearly as well as that device's own: within a tolerance, relative to the own model's figure.
 */
final class TransferMatrix {

    private final List<Integer> devices;
    private final boolean accuracy;
    private final double tolerance;
    private final double[][] losses;
    private final double[][] figures;
    private final double[] base;

    /**
     * @param devices in the order of rows and columns
     * @param accuracy whether figures are accuracies, of which more is better, rather than RMSEs
     * @param tolerance 0.1: ten per cent worse than a device's own model is feasible
     * @param losses {@code [model, data]}
     * @param figures {@code [model, data]}
     * @param base the base model's figure on each device's data
     */
    TransferMatrix(
            List<Integer> devices,
            boolean accuracy,
            double tolerance,
            double[][] losses,
            double[][] figures,
            double[] base) {
        this.devices = List.copyOf(devices);
        this.accuracy = accuracy;
        this.tolerance = tolerance;
        this.losses = losses;
        this.figures = figures;
        this.base = base;
    }

    int size() {
        return devices.size();
    }

    int device(int index) {
        return devices.get(index);
    }

    boolean isAccuracy() {
        return accuracy;
    }

    double tolerance() {
        return tolerance;
    }

    double loss(int model, int data) {
        return losses[model][data];
    }

    /** Accuracy, or RMSE. */
    double figure(int model, int data) {
        return figures[model][data];
    }

    double base(int data) {
        return base[data];
    }

    /** Whether {@code model} does on {@code data} nearly as well as the device's own; its own is. */
    boolean feasible(int model, int data) {
        return model == data || good(figures[model][data], data);
    }

    boolean baseFeasible(int data) {
        return good(base[data], data);
    }

    private boolean good(double figure, int data) {
        double own = figures[data][data];
        return accuracy ? figure >= own * (1 - tolerance) : figure <= own * (1 + tolerance);
    }

    /** Other devices at which a model is feasible. */
    int places(int model) {
        return (int) IntStream.range(0, size())
                .filter(data -> data != model && feasible(model, data))
                .count();
    }

    /** Other devices whose models are feasible here. */
    int guests(int data) {
        return (int) IntStream.range(0, size())
                .filter(model -> model != data && feasible(model, data))
                .count();
    }

    /**
     * How far apart two devices are: what each loses, on average, with the other's model instead of its own; at least 0. A
     * model that diverged is as far away as any that did not.
     */
    double[][] distances() {
        double[][] distances = new double[size()][size()];
        double farthest = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                double lost = (losses[i][j] - losses[j][j] + losses[j][i] - losses[i][i]) / 2;
                distances[i][j] = i == j ? 0 : Math.max(0, lost); // NaN stays
                farthest = Double.isFinite(distances[i][j]) ? Math.max(farthest, distances[i][j]) : farthest;
            }
        }
        for (double[] row : distances) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Double.isFinite(row[j]) ? row[j] : farthest;
            }
        }
        return distances;
    }

    /** The same matrix in another order. */
    TransferMatrix ordered(List<Integer> order) {
        double[][] newLosses = new double[size()][size()];
        double[][] newFigures = new double[size()][size()];
        double[] newBase = new double[size()];
        for (int i = 0; i < size(); i++) {
            newBase[i] = base[order.get(i)];
            for (int j = 0; j < size(); j++) {
                newLosses[i][j] = losses[order.get(i)][order.get(j)];
                newFigures[i][j] = figures[order.get(i)][order.get(j)];
            }
        }
        List<Integer> names = order.stream().map(devices::get).toList();
        return new TransferMatrix(names, accuracy, tolerance, newLosses, newFigures, newBase);
    }
}
