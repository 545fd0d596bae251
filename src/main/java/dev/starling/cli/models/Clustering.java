package dev.starling.cli.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Hierarchical clustering with average linkage (UPGMA: Sokal and Michener, A statistical method for evaluating systematic
 * relationships, University of Kansas Science Bulletin 38, 1958). When two clusters are joined, the four ways to lay them side
 * by side are tried, so that neighbours in the order are near each other.
 *
 * @param order of the leaves
 * @param starts indices in {@code order} at which a cluster begins; the first is 0
 * @param heights at which clusters were joined, ascending
 */
record Clustering(List<Integer> order, List<Integer> starts, List<Double> heights) {

    /** A number of clusters is only believed in if the next join is so many times as high as the last one within. */
    private static final double GAP = 1.25;

    Clustering {
        order = List.copyOf(order);
        starts = List.copyOf(starts);
        heights = List.copyOf(heights);
    }

    /** @param distances symmetric, {@code [n, n]} with n ≥ 1, all ≥ 0 and finite */
    static Clustering of(double[][] distances) {
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            clusters.add(List.of(i));
        }
        List<Double> heights = new ArrayList<>();
        List<List<List<Integer>>> states = new ArrayList<>();
        states.add(List.copyOf(clusters));
        while (clusters.size() > 1) {
            int left = 0;
            int right = 1;
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = i + 1; j < clusters.size(); j++) {
                    if (average(clusters.get(i), clusters.get(j), distances)
                            < average(clusters.get(left), clusters.get(right), distances)) {
                        left = i;
                        right = j;
                    }
                }
            }
            heights.add(average(clusters.get(left), clusters.get(right), distances));
            clusters.set(left, joined(clusters.get(left), clusters.get(right), distances));
            clusters.remove(right);
            states.add(List.copyOf(clusters));
        }
        List<Integer> order = clusters.get(0);
        return new Clustering(order, starts(order, states.get(cut(heights))), heights);
    }

    int clusters() {
        return starts.size();
    }

    private static double average(List<Integer> left, List<Integer> right, double[][] distances) {
        double sum = 0;
        for (int i : left) {
            for (int j : right) {
                sum += distances[i][j];
            }
        }
        return sum / left.size() / right.size();
    }

    private static List<Integer> joined(List<Integer> left, List<Integer> right, double[][] distances) {
        List<Integer> best = List.of();
        double nearest = Double.POSITIVE_INFINITY;
        for (List<Integer> one : List.of(left, reversed(left))) {
            for (List<Integer> other : List.of(right, reversed(right))) {
                double touching = distances[one.get(one.size() - 1)][other.get(0)];
                if (touching < nearest) {
                    nearest = touching;
                    best = new ArrayList<>(one);
                    best.addAll(other);
                }
            }
        }
        return List.copyOf(best);
    }

    private static List<Integer> reversed(List<Integer> values) {
        List<Integer> copy = new ArrayList<>(values);
        Collections.reverse(copy);
        return copy;
    }

    /** How many joins to believe in: up to the largest jump in height, and all if there is none to speak of. */
    private static int cut(List<Double> heights) {
        int joins = heights.size();
        double jump = GAP;
        // At least half of the leaves are in clusters of more than one.
        for (int i = Math.max(1, (heights.size() + 1) / 2); i < heights.size(); i++) {
            double below = Math.max(heights.get(i - 1), 1e-12);
            if (heights.get(i) / below > jump) {
                jump = heights.get(i) / below;
                joins = i;
            }
        }
        return joins;
    }

    private static List<Integer> starts(List<Integer> order, List<List<Integer>> clusters) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            int leaf = order.get(i);
            int before = i == 0 ? -1 : order.get(i - 1);
            if (clusters.stream().noneMatch(cluster -> cluster.contains(leaf) && cluster.contains(before))) {
                starts.add(i);
            }
        }
        return starts;
    }
}
