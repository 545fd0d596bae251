package dev.starling.cli.models;

import dev.starling.cli.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@link TransferMatrix} as a table for spreadsheets, and in words. */
final class TransferText {

    private static final int LISTED = 14;

    private TransferText() {}

    /** A line a pair: model, data, loss, accuracy or RMSE, feasible. The base's model is called base, and has no loss. */
    static String csv(TransferMatrix matrix) {
        StringBuilder csv =
                new StringBuilder("model,data,loss," + (matrix.isAccuracy() ? "accuracy" : "rmse") + ",feasible\n");
        for (int i = 0; i < matrix.size(); i++) {
            for (int j = 0; j < matrix.size(); j++) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%s,%s,%s%n",
                        matrix.device(i),
                        matrix.device(j),
                        matrix.loss(i, j),
                        matrix.figure(i, j),
                        matrix.feasible(i, j)));
            }
        }
        for (int j = 0; j < matrix.size(); j++) {
            csv.append(String.format(
                    Locale.ROOT, "base,%d,,%s,%s%n", matrix.device(j), matrix.base(j), matrix.baseFeasible(j)));
        }
        return csv.toString().replace(System.lineSeparator(), "\n");
    }

    /** @param clusters of the matrix, which is in their order */
    static void print(TransferMatrix matrix, Clustering clusters, PrintStream out) {
        int n = matrix.size();
        int pairs = IntStream.range(0, n).map(matrix::places).sum();
        long base = IntStream.range(0, n).filter(matrix::baseFeasible).count();
        String figure = matrix.isAccuracy() ? "accuracy" : "RMSE";
        out.println("a model is feasible elsewhere if its " + figure + " there is within "
                + Math.round(100 * matrix.tolerance()) + " % of the own model's");
        out.println(Figures.count(pairs) + " of " + Figures.count((long) n * (n - 1))
                + " models of others are feasible; the base is feasible at " + base + " of " + n + " devices");
        out.println();
        TextTable table = new TextTable(
                "device",
                ">cluster",
                ">own " + figure,
                ">base",
                ">best other",
                ">feasible at",
                ">hosts",
                "feasible at devices");
        for (int i = 0; i < n; i++) {
            table.row(
                    String.valueOf(matrix.device(i)),
                    String.valueOf(cluster(clusters, i)),
                    Figures.metric(matrix.figure(i, i)),
                    Figures.metric(matrix.base(i)),
                    bestOther(matrix, i),
                    matrix.places(i) + "/" + (n - 1),
                    matrix.guests(i) + "/" + (n - 1),
                    places(matrix, i));
        }
        table.print(out);
        out.println();
    }

    private static int cluster(Clustering clusters, int place) {
        return (int) clusters.starts().stream().filter(start -> start <= place).count();
    }

    private static String bestOther(TransferMatrix matrix, int data) {
        double best = Double.NaN;
        int who = -1;
        for (int model = 0; model < matrix.size(); model++) {
            double figure = matrix.figure(model, data);
            boolean better = who < 0 || (matrix.isAccuracy() ? figure > best : figure < best);
            if (model != data && Double.isFinite(figure) && better) {
                best = figure;
                who = model;
            }
        }
        return who < 0 ? "-" : Figures.metric(best) + " (" + matrix.device(who) + ")";
    }

    private static String places(TransferMatrix matrix, int model) {
        List<String> places = new ArrayList<>();
        for (int data = 0; data < matrix.size(); data++) {
            if (data != model && matrix.feasible(model, data)) {
                places.add(String.valueOf(matrix.device(data)));
            }
        }
        String rest = places.size() > LISTED ? " and " + (places.size() - LISTED) + " more" : "";
        return places.isEmpty() ? "none" : places.stream().limit(LISTED).collect(Collectors.joining(", ")) + rest;
    }
}
