package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.view.Skew.Effect;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures {@link Skew} on a keyed sample: its cost does not grow with the fleet. */
public final class SkewMeasure {

    private static final int DEVICES = 100;
    /** Examples of a device whose features are looked at, evenly spread over those that it holds. */
    private static final int EXAMPLES = 40;

    private static final long MILLIS_PER_DAY = 86_400_000;

    private final DeviceViews views;
    private final int width;
    private final List<Onlooker> onlookers = new ArrayList<>();
    /** What the sample's devices see. */
    private final Spread seen;

    /** What there is without biases: the yardstick of distances, which must not grow with what it measures. */
    private final Spread plain;

    private SkewMeasure(DeviceViews views, SimTime start, Seeds seeds) {
        this.views = views;
        this.width = views.data().shape().width();
        this.seen = new Spread(width);
        this.plain = new Spread(width);
        Rng rng = seeds.of(Purpose.SKEW);
        for (int device : sample(views.data().devices(), rng)) {
            SimTime moment = start.plusMillis((long) (rng.nextDouble() * MILLIS_PER_DAY));
            Onlooker onlooker = new Onlooker(device, moment);
            if (views.trainingCount(device, moment) > 0) {
                onlookers.add(onlooker);
                seen.add(features(views.training(device, moment)));
                plain.add(features(views.seen(device, moment, List.of())));
            }
        }
    }

    /** Each at its own moment: what the hour does to what is seen comes out in the mean over a day. */
    private record Onlooker(int device, SimTime moment) {}

    /** What devices see from {@code start} of fleet time on, over the first day. */
    public static Skew of(DeviceViews views, SimTime start, Seeds seeds) {
        return new SkewMeasure(views, start, seeds).skew();
    }

    private static Set<Integer> sample(int devices, Rng rng) {
        Set<Integer> chosen = new LinkedHashSet<>();
        while (chosen.size() < Math.min(DEVICES, devices)) {
            chosen.add(devices <= DEVICES ? chosen.size() : rng.nextInt(devices));
        }
        return chosen;
    }

    private Skew skew() {
        double[] sizes = onlookers.stream()
                .mapToDouble(one -> views.trainingCount(one.device(), one.moment()))
                .toArray();
        List<List<Integer>> histograms = onlookers.stream()
                .map(one -> views.labelCounts(one.device(), one.moment()))
                .toList();
        double features = onlookers.stream()
                .mapToDouble(one -> plain.distance(means(views.training(one.device(), one.moment())), seen.means()))
                .average()
                .orElse(Double.NaN);
        Map<String, Effect> effects = new LinkedHashMap<>();
        views.biases().forEach(bias -> effects.put(bias.name(), effect(bias)));
        return new Skew(
                onlookers.size(), Histograms.meanDistance(histograms), Histograms.variation(sizes), features, effects);
    }

    private Effect effect(Bias bias) {
        double shift = 0;
        double change = 0;
        double relabelled = 0;
        long examples = 0;
        long labels = 0;
        for (Onlooker one : onlookers) {
            Examples unbiased = views.seen(one.device(), one.moment(), List.of());
            Examples biased = views.seen(one.device(), one.moment(), List.of(bias));
            float[] before = features(unbiased);
            float[] after = features(biased);
            shift += plain.distance(means(after), means(before));
            change += plain.squares(after, before);
            examples += before.length / width;
            if (unbiased.targets() == 0) {
                int[] are = DeviceViews.labels(unbiased);
                int[] seem = DeviceViews.labels(biased);
                relabelled += IntStream.range(0, are.length)
                        .filter(i -> are[i] != seem[i])
                        .count();
                labels += are.length;
            }
        }
        return new Effect(
                shift / onlookers.size(), Math.sqrt(change / examples), labels == 0 ? 0 : relabelled / labels);
    }

    private double[] means(Examples examples) {
        return means(features(examples));
    }

    private double[] means(float[] features) {
        double[] means = new double[width];
        int count = features.length / width;
        for (int i = 0; i < features.length; i++) {
            means[i % width] += features[i] / (double) count;
        }
        return means;
    }

    private static float[] features(Examples examples) {
        int count = Math.min(EXAMPLES, examples.count());
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) examples.count() * i / count))
                .toArray();
        float[] features = new float[count * examples.width()];
        examples.features(chosen, 0, count, FloatBuffer.wrap(features));
        return features;
    }
}
