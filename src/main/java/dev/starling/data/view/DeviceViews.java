package dev.starling.data.view;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.data.ViewSettings;
import dev.starling.model.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What devices see of a data set at a moment of fleet time: the part of their examples that has reached them, through
 * the biases of where and what they are. Without biases and arrivals it hands out the data's own examples and costs
 * nothing. Pure, and safe to use from many threads.
 */
public final class DeviceViews {

    /** A biased test set is seen by so many devices in turn. */
    private static final int TEST_ONLOOKERS = 100;

    private static final Lens[] PLAIN = {};

    private final FederatedData data;
    private final List<Bias> biases;
    private final @Nullable Arrivals arrivals;
    private final Examples test;

    /**
     * @param start when fleet time begins: examples arrive and biases drift from there on
     * @throws InputException if a bias does not fit the data
     */
    public DeviceViews(
            FederatedData data, ViewSettings settings, Surroundings surroundings, SimTime start, Seeds seeds) {
        this.data = data;
        this.biases = biases(data, settings, surroundings, start, seeds);
        this.arrivals =
                settings.arrival().atOnce() ? null : new Arrivals(settings.arrival(), surroundings, start, seeds);
        this.test = settings.biasedTest() && !biases.isEmpty() ? biasedTest(start, seeds) : data.test();
    }

    private static List<Bias> biases(
            FederatedData data, ViewSettings settings, Surroundings surroundings, SimTime start, Seeds seeds) {
        DataShape shape = data.shape();
        Image image = shape.input().size() == 3 ? Image.of(shape.input()) : null;
        require(image != null || settings.daytime().darkness() == 0, "data.bias.daytime.darkness needs images");
        require(image != null || settings.weather().blur() == 0, "data.bias.weather.blur needs images");
        int labels = settings.concept().labels();
        require(labels == 0 || shape.classification(), "data.bias.concept.labels needs class labels");
        require(
                labels <= shape.outputs(),
                "data.bias.concept.labels must be at most the number of classes (" + shape.outputs() + "), got "
                        + labels);
        List<Bias> biases = new ArrayList<>();
        boolean features = settings.region().strength() > 0
                || settings.daytime().darkness() > 0
                || settings.weather().noise() > 0
                || settings.weather().blur() > 0;
        if (features) {
            FeatureMoments moments = FeatureMoments.of(data);
            if (settings.region().strength() > 0) {
                biases.add(
                        image != null
                                ? new RegionStyle(settings.region(), image, moments, surroundings, start, seeds)
                                : new RegionShift(settings.region(), moments, surroundings, start, seeds));
            }
            if (settings.daytime().darkness() > 0) {
                biases.add(new Daytime(settings.daytime().darkness(), data, surroundings));
            }
            if (settings.weather().noise() > 0 || settings.weather().blur() > 0) {
                biases.add(new Weather(settings.weather(), image, moments, surroundings, start, seeds));
            }
        }
        if (labels > 0) {
            biases.add(new Concept(settings.concept(), shape.outputs(), start, seeds));
        }
        return List.copyOf(biases);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InputException("", message);
        }
    }

    /** Who owns what, as it is. */
    public FederatedData data() {
        return data;
    }

    /** How many examples {@code device} trains on at {@code now}, without touching them. */
    public int trainingCount(int device, SimTime now) {
        int owned = data.trainingCount(device);
        return arrivals == null ? owned : arrivals.held(device, owned, now);
    }

    /** Which of the examples that {@code device} owns, by index, it trains on at {@code now}. */
    public int[] held(int device, SimTime now) {
        return arrivals == null
                ? IntStream.range(0, data.trainingCount(device)).toArray()
                : arrivals.heldOf(device, data.training(device), now);
    }

    /** What {@code device} trains on at {@code now}, as it sees it. */
    public Examples training(int device, SimTime now) {
        return seen(device, now, biases);
    }

    /**
     * What {@code device} evaluates itself with, as it sees it at {@code now}. It is there from the start: it measures
     * the device and is no part of its storage.
     */
    public Examples heldOut(int device, SimTime now) {
        return through(data.heldOut(device), lenses(device, now, biases));
    }

    /** How many of the examples that {@code device} trains on at {@code now} it takes for each class. */
    public List<Integer> labelCounts(int device, SimTime now) {
        if (!data.shape().classification()) {
            return List.of();
        } else if (arrivals == null && biases.isEmpty()) {
            return data.labelCounts(device);
        }
        int[] counts = new int[data.shape().outputs()];
        for (int label : labels(training(device, now))) {
            counts[label]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** The test set: as it is, unless it is to be seen as devices see at the start of fleet time. */
    public Examples test() {
        return test;
    }

    List<Bias> biases() {
        return biases;
    }

    /** What {@code device} holds at {@code now}, seen through some biases only. */
    Examples seen(int device, SimTime now, List<Bias> some) {
        Examples owned = data.training(device);
        Lens[] lenses = lenses(device, now, some);
        return arrivals == null
                ? through(owned, lenses)
                : new SeenExamples(owned, arrivals.heldOf(device, owned, now), new Lens[][] {lenses});
    }

    static int[] labels(Examples examples) {
        int[] labels = new int[examples.count()];
        examples.labels(IntStream.range(0, labels.length).toArray(), 0, labels.length, labels);
        return labels;
    }

    private static Lens[] lenses(int device, SimTime now, List<Bias> biases) {
        return biases.isEmpty()
                ? PLAIN
                : biases.stream()
                        .map(bias -> bias.lens(device, now))
                        .flatMap(Stream::ofNullable)
                        .toArray(Lens[]::new);
    }

    private static Examples through(Examples examples, Lens[] lenses) {
        return lenses.length == 0
                ? examples
                : new SeenExamples(
                        examples, IntStream.range(0, examples.count()).toArray(), new Lens[][] {lenses});
    }

    private Examples biasedTest(SimTime start, Seeds seeds) {
        var rng = seeds.of(Purpose.TEST_BIAS);
        Lens[][] onlookers = IntStream.range(0, TEST_ONLOOKERS)
                .mapToObj(i -> lenses(rng.nextInt(data.devices()), start, biases))
                .toArray(Lens[][]::new);
        Examples plain = data.test();
        return new SeenExamples(plain, IntStream.range(0, plain.count()).toArray(), onlookers);
    }
}
