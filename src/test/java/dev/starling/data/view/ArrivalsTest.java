package dev.starling.data.view;

import static dev.starling.data.view.Rowed.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings;
import dev.starling.data.ViewSettings.Arrival;
import dev.starling.data.ViewSettings.Keep;
import dev.starling.data.ViewSettings.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long HOUR = 3_600_000;
    private static final double AT_ONCE = Double.POSITIVE_INFINITY;
    private static final int ALL = Integer.MAX_VALUE;

    /** The only feature of an example is its own number. */
    private static Rowed data(int devices, int examples) {
        return new Rowed(List.of(1), 4, devices, examples, (example, feature) -> example);
    }

    private static DeviceViews views(Rowed data, Arrival arrival, long seed) {
        ViewSettings plain = ViewSettings.PLAIN;
        ViewSettings settings =
                new ViewSettings(plain.region(), plain.daytime(), plain.weather(), plain.concept(), false, arrival);
        return new DeviceViews(data, settings, new Earth(1), MIDNIGHT, new Seeds(seed));
    }

    private static Arrival arrival(double perDay, int initial, int atMost, Keep keep, Order order) {
        return new Arrival(perDay, Map.of(), initial, atMost, keep, order);
    }

    private static int[] held(DeviceViews views, int device, SimTime now) {
        float[][] rows = Rowed.features(views.training(device, now));
        return Arrays.stream(rows).mapToInt(row -> (int) row[0]).toArray();
    }

    private static Set<Integer> set(int[] values) {
        return Arrays.stream(values).boxed().collect(Collectors.toSet());
    }

    private static SimTime after(double hours) {
        return MIDNIGHT.plusMillis((long) (hours * HOUR));
    }

    @Test
    void examplesArriveAtTheirRateFromNoneOnUntilAllAreThere() {
        DeviceViews views = views(data(50, 100), arrival(24, 0, ALL, Keep.RESERVOIR, Order.RANDOM), 1);
        for (int device = 0; device < 50; device++) {
            assertThat(views.trainingCount(device, MIDNIGHT)).isZero();
            assertThat(views.training(device, MIDNIGHT).count()).isZero();
            assertThat(views.labelCounts(device, MIDNIGHT)).containsExactly(0, 0, 0, 0);
            assertThat(views.trainingCount(device, after(10))).isEqualTo(10);
            assertThat(views.trainingCount(device, after(10.5))).isBetween(10, 11);
            assertThat(views.trainingCount(device, after(1000))).isEqualTo(100);
        }
    }

    @Test
    void classesHaveTheirOwnRates() {
        Arrival arrival =
                new Arrival(AT_ONCE, Map.of("even", 24.0, "odd", 240.0), 3, ALL, Keep.RESERVOIR, Order.RANDOM);
        DeviceViews views = views(data(2, 1000), arrival, 1);

        assertThat(views.trainingCount(0, after(5))).isEqualTo(8);
        assertThat(views.trainingCount(1, after(5))).isEqualTo(53);
    }

    @Test
    void countIsThatOfTheExamplesThatTrainingSeesAndNoneIsThereTwice() {
        for (Keep keep : Keep.values()) {
            for (Order order : Order.values()) {
                DeviceViews views = views(data(10, 60), arrival(48, 5, 20, keep, order), 3);
                for (int look = 0; look < 40; look++) {
                    int device = look % 10;
                    int[] held = held(views, device, after(look));
                    assertThat(held).hasSize(views.trainingCount(device, after(look)));
                    assertThat(set(held)).hasSize(held.length).allMatch(example -> example >= 0 && example < 60);
                    assertThat(views.labelCounts(device, after(look)).stream()
                                    .mapToInt(i -> i)
                                    .sum())
                            .isEqualTo(held.length);
                }
            }
        }
    }

    @Test
    void whatIsHeldLaterComesFromWhatWasHeldBefore() {
        DeviceViews views = views(data(1, 300), arrival(24, 0, 20, Keep.RESERVOIR, Order.RANDOM), 5);
        Set<Integer> before = set(held(views, 0, after(40)));
        Set<Integer> after = set(held(views, 0, after(41)));

        // One example arrived: it took at most one place.
        assertThat(after.stream().filter(before::contains).count()).isBetween(19L, 20L);
    }

    @Test
    void latestAreThoseThatArrivedLast() {
        DeviceViews keepsAll = views(data(1, 50), arrival(24, 0, ALL, Keep.LATEST, Order.RANDOM), 5);
        DeviceViews keepsTen = views(data(1, 50), arrival(24, 0, 10, Keep.LATEST, Order.RANDOM), 5);
        int[] all = held(keepsAll, 0, after(30));

        assertThat(held(keepsTen, 0, after(30))).isEqualTo(Arrays.copyOfRange(all, 20, 30));
    }

    /** Whether the first or the last to arrive: each has the same chance to be among the ten that are kept of 40. */
    @Test
    void reservoirKeepsEveryArrivalWithTheSameProbability() {
        int devices = 8000;
        DeviceViews views = views(data(devices, 40), arrival(24, 0, 10, Keep.RESERVOIR, Order.RANDOM), 11);
        DeviceViews streams = views(data(devices, 40), arrival(24, 0, ALL, Keep.LATEST, Order.RANDOM), 11);
        int[] kept = new int[40];
        for (int device = 0; device < devices; device++) {
            int[] stream = held(streams, device, after(40));
            Set<Integer> reservoir = set(held(views, device, after(40)));
            IntStream.range(0, 40).filter(i -> reservoir.contains(stream[i])).forEach(i -> kept[i]++);
        }

        double expected = devices * 10 / 40.0;
        double chiSquare = Arrays.stream(kept)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // Drawing without replacement lowers the variance by a factor (1 - 10/40): about chi-square(39) × 39/40 × 0.75
        // …
        // its 99.9 % point is 72 × 0.77 = 55; 13 is the 0.1 % point.
        assertThat(chiSquare).isBetween(12.0, 56.0);
    }

    @Test
    void byLabelOneLabelComesAfterTheOther() {
        DeviceViews views = views(data(20, 40), arrival(24, 0, ALL, Keep.LATEST, Order.BY_LABEL), 2);
        Set<Integer> firstLabels = IntStream.range(0, 20)
                .mapToObj(device -> held(views, device, after(40)))
                .map(stream -> {
                    int[] labels =
                            Arrays.stream(stream).map(example -> example % 4).toArray();
                    long changes = IntStream.range(1, 40)
                            .filter(i -> labels[i] != labels[i - 1])
                            .count();
                    assertThat(changes).isEqualTo(3);
                    return labels[0];
                })
                .collect(Collectors.toSet());

        assertThat(firstLabels).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void whatAPhoneHoldsMovesItsLabelSkew() {
        DeviceViews views = views(data(1, 40), arrival(24, 0, 10, Keep.LATEST, Order.BY_LABEL), 2);

        double[] first = histogram(views, after(10));
        double[] last = histogram(views, after(40));
        assertThat(Histograms.distance(first, last)).isCloseTo(1, within(1e-9));
    }

    private static double[] histogram(DeviceViews views, SimTime now) {
        return views.labelCounts(0, now).stream().mapToDouble(i -> i).toArray();
    }
}
