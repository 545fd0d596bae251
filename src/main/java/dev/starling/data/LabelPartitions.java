package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Rng;
import dev.starling.data.DataSettings.Dirichlet;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.PowerLaw;
import dev.starling.data.DataSettings.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Partitions that give each device its own mix of labels, or of targets. */
final class LabelPartitions {

    private final int devices;
    private final int total;
    private final Rng rng;
    /** The rows of each class, ascending; where targets are numbers, all rows by target. */
    private final List<int[]> rowsOfClass;

    private LabelPartitions(int devices, int total, Rng rng, List<int[]> rowsOfClass) {
        this.devices = devices;
        this.total = total;
        this.rng = rng;
        this.rowsOfClass = rowsOfClass;
    }

    static LabelPartitions of(Partition partition, DataSet data, int[] rows, int devices, Rng rng) {
        if (!data.shape().classification()) {
            if (partition instanceof Shards) {
                return new LabelPartitions(
                        devices,
                        rows.length,
                        rng,
                        List.of(byTarget(rows, data.train().answers())));
            }
            throw new InputException(
                    data.name(),
                    "has no class labels, which partition "
                            + partition.getClass().getSimpleName() + " needs: choose iid, log-normal or a column");
        }
        int[][] byClass = byClass(rows, data.train().answers(), data.shape().outputs());
        return new LabelPartitions(devices, rows.length, rng, List.of(byClass));
    }

    private static int[][] byClass(int[] rows, Answers answers, int classes) {
        int[] sizes = new int[classes];
        for (int row : rows) {
            sizes[answers.label(row)]++;
        }
        int[][] byClass = new int[classes][];
        Arrays.setAll(byClass, label -> new int[sizes[label]]);
        int[] next = new int[classes];
        for (int row : rows) {
            int label = answers.label(row);
            byClass[label][next[label]++] = row;
        }
        return byClass;
    }

    /** Sorted by the (first) number to predict, least first; rows of the same target in their order. */
    private static int[] byTarget(int[] rows, Answers answers) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> answers.target(row)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * McMahan et al., AISTATS 2017, section 3: sort by label, cut into shards, deal {@code perDevice} to each device.
     * Where targets are numbers, they take the place of labels.
     */
    Ownership shards(Shards settings) {
        long wanted = (long) devices * settings.perDevice();
        if (wanted > total) {
            throw new InputException(
                    "",
                    "partition shards: fleet.devices × perDevice must be at most the training examples (" + total
                            + "), got " + devices + " × " + settings.perDevice());
        }
        int shards = (int) wanted;
        int[] sorted = Ownership.of(rowsOfClass).order();
        int[] offsets = SizePartitions.evenOffsets(total, shards);
        int[] dealt = rng.permutation(shards);
        List<int[]> lists = new ArrayList<>(devices);
        for (int device = 0; device < devices; device++) {
            List<int[]> own = new ArrayList<>();
            for (int i = 0; i < settings.perDevice(); i++) {
                int shard = dealt[device * settings.perDevice() + i];
                own.add(Arrays.copyOfRange(sorted, offsets[shard], offsets[shard + 1]));
            }
            lists.add(Ownership.of(own).order());
        }
        return Ownership.of(lists);
    }

    /**
     * Hsu, Qi and Brown 2019 (arXiv:1909.06335), section 3: each device draws its label mix q from a Dirichlet and then
     * its examples, label by label, without replacement; equal sizes. Every class has concentration alpha here, where
     * the paper writes alpha × prior: their alpha is ours × classes when classes are equally frequent.
     */
    Ownership dirichlet(Dirichlet settings) {
        if (!(settings.alpha() > 0)) {
            throw new InputException("", "partition dirichlet: alpha must be > 0, got " + settings.alpha());
        }
        int classes = rowsOfClass.size();
        int[] left = shuffleClasses();
        int[] offsets = SizePartitions.evenOffsets(total, devices);
        int[] order = new int[total];
        for (int device = 0; device < devices; device++) {
            Weights weights = new Weights(classes);
            for (int label = 0; label < classes; label++) {
                weights.putGamma(label, settings.alpha(), rng);
            }
            double[] mix = weights.values();
            for (int i = offsets[device]; i < offsets[device + 1]; i++) {
                int label = draw(weights, mix, left);
                order[i] = rowsOfClass.get(label)[--left[label]];
            }
        }
        return new Ownership(order, offsets);
    }

    /** A class with rows left, in proportion to {@code mix}. */
    private int draw(Weights weights, double[] mix, int[] left) {
        double point = weights.leave(mix, label -> left[label] > 0);
        point *= rng.nextDouble();
        int last = -1;
        for (int label = 0; label < mix.length; label++) {
            if (mix[label] > 0) {
                last = label;
                point -= mix[label];
                if (point < 0) {
                    break;
                }
            }
        }
        return last;
    }

    /**
     * Each device gets {@code labels} labels, drawn so that every label has about as many devices, and a weight from a
     * power law (Pareto) with density ∝ x^−exponent. The rows of a label are dealt to its devices in proportion to
     * their weights, after each got its part of {@code smallest}: as in the 1,000-device MNIST of Li et al., MLSys 2020.
     */
    Ownership powerLaw(PowerLaw settings) {
        int classes = rowsOfClass.size();
        long occurring = rowsOfClass.stream().filter(rows -> rows.length > 0).count();
        if (settings.labels() < 1 || settings.labels() > occurring) {
            throw new InputException(
                    "",
                    "partition power-law: labels must be 1 to the number of classes "
                            + (occurring < classes ? "that occur (" : "(") + occurring + "), got " + settings.labels());
        }
        if (!(settings.exponent() > 1)) {
            throw new InputException("", "partition power-law: exponent must be > 1, got " + settings.exponent());
        }
        Weights weights = new Weights(devices);
        List<List<Integer>> owners = IntStream.range(0, classes)
                .<List<Integer>>mapToObj(label -> new ArrayList<>())
                .toList();
        for (int device = 0; device < devices; device++) {
            weights.putPowerLaw(device, settings.exponent(), rng);
            for (int label : leastUsed(owners, settings.labels())) {
                owners.get(label).add(device);
            }
        }
        shuffleClasses();
        List<List<int[]>> parts = IntStream.range(0, devices)
                .<List<int[]>>mapToObj(device -> new ArrayList<>())
                .toList();
        int least = (int) (((long) settings.smallest() + settings.labels() - 1) / settings.labels());
        for (int label = 0; label < classes; label++) {
            deal(label, owners.get(label), weights, least, parts);
        }
        return Ownership.of(parts.stream().map(own -> Ownership.of(own).order()).toList());
    }

    private void deal(int label, List<Integer> owners, Weights weights, int least, List<List<int[]>> parts) {
        if (owners.isEmpty()) {
            return;
        }
        int[] rows = rowsOfClass.get(label);
        if ((long) least * owners.size() > rows.length) {
            throw new InputException(
                    "",
                    "partition power-law: smallest is too large: " + owners.size() + " devices need " + least
                            + " examples of label " + label + " each, there are " + rows.length);
        }
        double[] own = weights.of(owners.stream().mapToInt(Integer::intValue).toArray());
        int[] offsets = SizePartitions.offsets(own, least, rows.length);
        for (int i = 0; i < own.length; i++) {
            parts.get(owners.get(i)).add(Arrays.copyOfRange(rows, offsets[i], offsets[i + 1]));
        }
    }

    /** {@code count} labels that occur, with the fewest devices so far, ties broken at random. */
    private int[] leastUsed(List<List<Integer>> owners, int count) {
        int[] order = rng.permutation(owners.size());
        return Arrays.stream(order)
                .filter(label -> rowsOfClass.get(label).length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(label -> owners.get(label).size()))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] shuffleClasses() {
        int[] sizes = new int[rowsOfClass.size()];
        for (int label = 0; label < sizes.length; label++) {
            sizes[label] = rowsOfClass.get(label).length;
            rng.shuffle(rowsOfClass.get(label), sizes[label]);
        }
        return sizes;
    }
}
